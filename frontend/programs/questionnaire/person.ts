// Who uses this device, as it knows it: kept, so that a page opened later without network knows it too.
import type { Reached } from "./sending.ts";
import type { FieldStorage } from "./storage.ts";

const ACCOUNT = "account";
// Said once the site answered that nobody is signed in.
const CLOSED = "closed";

export class Person {
  readonly #storage: FieldStorage;
  account = "";
  /** Nothing of anybody is shown until the person signs in again; nothing is erased. */
  closed = false;
  /** The site answered, in this page, that nobody is signed in. */
  signedOut = false;

  constructor(storage: FieldStorage) {
    this.#storage = storage;
  }

  /** Whose fiches are shown. */
  get shown(): string {
    return this.closed ? "" : this.account;
  }

  /** Read what this device knows. */
  async recall(): Promise<void> {
    this.account = await this.#storage.said(ACCOUNT).catch(() => this.account);
    this.closed = (await this.#storage.said(CLOSED).catch(() => "")) !== "";
  }

  /** Keep what the site has just said. */
  async learn(reached: Exclude<Reached, { kind: "unreachable" }>): Promise<void> {
    this.signedOut = reached.kind === "signed-out";
    if (this.closed !== this.signedOut) {
      this.closed = this.signedOut;
      await this.#storage.say(CLOSED, this.closed ? "1" : "").catch(() => undefined);
    }
    if (reached.kind === "known" && this.account !== reached.site.account) {
      this.account = reached.site.account;
      await this.#storage.say(ACCOUNT, this.account).catch(() => undefined);
    }
  }
}
