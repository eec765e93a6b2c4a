// How the referral cookies look: the arguments of `refedge_cookie`, as edge/visit/cookie_form.h.
import { SettingError } from "./setting_error.js";
import { parseTime } from "./time.js";
import { readChoice, readWords, type Readers } from "./words.js";

const SETTING = "refedge_cookie";
const BROWSER_COOKIE_NAME = "_refedge_js";
const MAX_AGE_SECONDS = 400 * 86_400;
const SAME_SITE = { lax: "Lax", strict: "Strict", none: "None" };

/** Gives the registrable domain of a host by the public suffix list; nothing where it has none. */
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
  throw new SettingError(SETTING, reason);
};

const READERS: Readers<Draft> = {
  name: (draft, value) => { draft.name = value; },
  domain: (draft, value) => { draft.domain = value.toLowerCase(); },
  max_age: (draft, value) => { draft.maxAge = Math.floor((parseTime(value) ?? refuse("max_age is no time")) / 1000); },
  samesite: (draft, value) => { draft.sameSite = readChoice(SETTING, value, SAME_SITE); },
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
  readonly #afterUnsigned: string;

  constructor(draft: Draft) {
    const secure = draft.secure ? "; Secure" : "";
    const sameSite = `; SameSite=${draft.sameSite}`;
    this.name = draft.name;
    this.#domain = draft.domain;
    this.#before = `; Max-Age=${draft.maxAge}; Path=/`;
    this.#after = `${secure}${draft.httpOnly ? "; HttpOnly" : ""}${sameSite}`;
    this.#afterUnsigned = secure + sameSite;
  }

  /** Whether the public suffix list is asked. */
  get needsSuffixes(): boolean {
    return this.#domain === "auto";
  }

  /** A Set-Cookie header for a signed cookie of the core's. `host` has no port. */
  write(value: string, host: string, registrableDomain: RegistrableDomain): string {
    return `${this.name}=${value}${this.#before}${this.#domainFor(host, registrableDomain)}${this.#after}`;
  }

  /** The same for a value without a tag: under the script's name, and readable by the script. */
  writeUnsigned(value: string, host: string, registrableDomain: RegistrableDomain): string {
    return `${BROWSER_COOKIE_NAME}=${value}${this.#before}${this.#domainFor(host, registrableDomain)}${this.#afterUnsigned}`;
  }

  /** The Set-Cookie headers that remove a signed cookie: of the host alone, and of its domain, for a cookie goes only by its own scope. */
  removals(host: string, registrableDomain: RegistrableDomain): string[] {
    const scopes = new Set(["", this.#domainFor(host, registrableDomain)]);
    return [...scopes].map((scope) => `${this.name}=; Max-Age=0; Path=/${scope}${this.#after}`);
  }

  /** The domain of a cookie that this host sets; empty: the host alone. */
  domainOf(host: string, registrableDomain: RegistrableDomain): string {
    return this.#domain === "auto" ? registrableDomain(host) ?? "" : this.#fixedDomain(host);
  }

  #domainFor(host: string, registrableDomain: RegistrableDomain): string {
    const domain = this.domainOf(host, registrableDomain);
    return domain === "" ? "" : `; Domain=${domain}`;
  }

  // A browser refuses a cookie for a domain that the host is not in: host-only is better than none.
  #fixedDomain(host: string): string {
    if (this.#domain === "off") return "";
    return host === this.#domain || host.endsWith(`.${this.#domain}`) ? this.#domain : "";
  }
}

/** readCookieForm reads the directive's arguments. Throws a SettingError. */
export const readCookieForm = (text: string): CookieForm => new CookieForm(check(readWords<Draft>(SETTING, text, {
  name: "_refedge", domain: "auto", maxAge: MAX_AGE_SECONDS, sameSite: "Lax", secure: true, httpOnly: true,
}, READERS)));
