// Program `signature`: a frame to draw a cross or a line in. Who does not draw says so with a button, or types it.
import { HIGH, Strokes, WIDE } from "./strokes.ts";

function lookAfter(block: HTMLElement): void {
  const find = <Kind extends Element>(name: string) => block.querySelector<Kind>(`[data-nu-signature-${name}]`);
  const [pad, canvas, kept] = [find<HTMLElement>("pad"), find<HTMLCanvasElement>("canvas"), find<HTMLInputElement>("strokes")];
  const [clear, confirm, typed] = [
    find<HTMLButtonElement>("clear"),
    find<HTMLButtonElement>("confirm"),
    find<HTMLInputElement>("typed"),
  ];
  const said = find<HTMLElement>("said");
  if (!pad || !canvas || !kept || !clear || !confirm || !typed || !said) return;
  const strokes = Strokes.from(kept.value);
  const pen = canvas.getContext("2d");
  const draw = () => {
    if (!pen) return;
    pen.clearRect(0, 0, WIDE, HIGH);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    for (const [from, to] of strokes.lines()) {
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(to[0], to[1] + (from === to ? 0.1 : 0));
      pen.stroke();
    }
  };
  const at = (event: PointerEvent): [number, number] => {
    const frame = canvas.getBoundingClientRect();
    return [((event.clientX - frame.left) / frame.width) * WIDE, ((event.clientY - frame.top) / frame.height) * HIGH];
  };
  const changed = () => {
    kept.value = strokes.toString();
    clear.hidden = strokes.isEmpty();
    draw();
  };
  let finger: number | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (finger !== null) return;
    finger = event.pointerId;
    canvas.setPointerCapture(finger);
    strokes.begin(...at(event));
    changed();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== finger) return;
    event.preventDefault();
    if (strokes.move(...at(event))) changed();
  });
  for (const end of ["pointerup", "pointercancel"] as const)
    canvas.addEventListener(end, (event) => {
      if (event.pointerId === finger) finger = null;
    });
  clear.addEventListener("click", () => {
    strokes.clear();
    changed();
    confirm.focus();
  });
  confirm.addEventListener("click", () => {
    typed.value = confirm.dataset["nuSignatureConfirm"] ?? "";
    said.textContent = said.dataset["nuSignatureSaid"] ?? "";
    typed.dispatchEvent(new Event("input", { bubbles: true }));
  });
  pad.hidden = confirm.hidden = false;
  changed();
}

document.querySelectorAll<HTMLElement>("[data-nu-signature]").forEach(lookAfter);
