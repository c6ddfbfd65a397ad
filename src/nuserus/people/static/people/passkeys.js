// Says in the page when a passkey could not be used; allauth only tells the console.
(() => {
  const problem = document.querySelector("[data-nu-passkey-problem]");
  const unsupported = document.querySelector("[data-nu-passkey-unsupported]");
  if (unsupported && !window.PublicKeyCredential) {
    unsupported.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    if (!problem) return;
    event.preventDefault();
    problem.hidden = false;
    problem.focus();
  });
})();
