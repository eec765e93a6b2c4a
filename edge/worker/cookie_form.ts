// How the referral cookie looks: the arguments of `refedge_cookie`, as edge/visit/cookie_form.h.
import { SettingError } from "./setting_error.js";
import { parseTime } from "./time.js";

export const BROWSER_COOKIE_NAME = "_refedge_js";
const MAX_AGE_SECONDS = 400 * 86_400;
const SAME_SITE: Readonly<Record<string, string>> = { lax: "Lax", strict: "Strict", none: "None" };

/** Gives the registrable domain of a host by the public suffix list; undefined or empty where it has none. */
export type RegistrableDomain = (host: string) => string | null | undefined;

interface Draft {
  name: string;
  domain: string;
  maxAge: number;
  sameSite: string;
  secure: boolean;
  httpOnly: boolean;
}

const refuse = (reason: string): never => {
  throw new SettingError("refedge_cookie", reason);
};

const READERS: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  name: (draft, value) => { draft.name = value; },
  domain: (draft, value) => { draft.domain = value.toLowerCase(); },
  max_age: (draft, value) => { draft.maxAge = Math.floor((parseTime(value) ?? refuse("max_age is no time")) / 1000); },
  samesite: (draft, value) => { draft.sameSite = SAME_SITE[value] ?? refuse("samesite is lax, strict or none"); },
  secure: (draft) => { draft.secure = true; },
  nosecure: (draft) => { draft.secure = false; },
  httponly: (draft) => { draft.httpOnly = true; },
  nohttponly: (draft) => { draft.httpOnly = false; },
};

const check = (draft: Draft): Draft => {
  if (draft.name === BROWSER_COOKIE_NAME) refuse("the name is the script's cookie");
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(draft.name)) refuse("the name is no cookie name");
  if (draft.maxAge < 1 || draft.maxAge > MAX_AGE_SECONDS) refuse("max_age must be between 1s and 400d");
  if (draft.sameSite === "None" && !draft.secure) refuse("samesite=none needs secure");
  if (!/^(?:[a-z\d_-]+\.)*[a-z\d_-]+$/.test(draft.domain)) refuse("the domain is no host name");
  return draft;
};

/** The attributes are written once, when the settings are read, so that a redirect only joins text. */
export class CookieForm {
  readonly name: string;
  readonly #domain: string;
  readonly #before: string;
  readonly #after: string;

  constructor(draft: Draft) {
    this.name = draft.name;
    this.#domain = draft.domain;
    this.#before = `; Max-Age=${draft.maxAge}; Path=/`;
    this.#after = `${draft.secure ? "; Secure" : ""}${draft.httpOnly ? "; HttpOnly" : ""}; SameSite=${draft.sameSite}`;
  }

  /** Whether the public suffix list is asked. */
  get needsSuffixes(): boolean {
    return this.#domain === "auto";
  }

  /** A Set-Cookie header for a cookie of the core's. `host` has no port. */
  write(value: string, host: string, registrableDomain: RegistrableDomain): string {
    const domain = this.#domainFor(host, registrableDomain);
    return domain === "" ? `${this.name}=${value}${this.#before}${this.#after}`
      : `${this.name}=${value}${this.#before}; Domain=${domain}${this.#after}`;
  }

  // A browser refuses a cookie for a domain that the host is not in: host-only is better than none.
  #domainFor(host: string, registrableDomain: RegistrableDomain): string {
    if (this.#domain === "auto") return registrableDomain(host) ?? "";
    if (this.#domain === "off") return "";
    return host === this.#domain || host.endsWith(`.${this.#domain}`) ? this.#domain : "";
  }
}

/** readCookieForm reads the directive's arguments. Throws a SettingError. */
export const readCookieForm = (text: string): CookieForm => {
  const draft: Draft = { name: "_refedge", domain: "auto", maxAge: MAX_AGE_SECONDS, sameSite: "Lax", secure: true, httpOnly: true };
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const [name = "", ...value] = word.split("=");
    const read = READERS[name] ?? refuse(`has an unknown argument ${name}`);
    read(draft, value.join("="));
  }
  return new CookieForm(check(draft));
};
