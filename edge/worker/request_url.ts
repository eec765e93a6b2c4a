// The parts of a request's URL, without a URL object: one is dear where a redirect is cheap.

const SCHEME_END = "://";

// Runtimes give hosts in small letters. What ends in one has neither port nor dot to lose.
const isLetter = (unit: number): boolean => unit >= 97 && unit <= 122;

const decode = (path: string): string => {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

export class RequestUrl {
  readonly text: string;
  /** Decoded, as a server's routes are compared with it. */
  readonly path: string;
  /** Without its '?'. */
  readonly query: string;
  readonly #hostAt: number;
  readonly #pathAt: number;

  constructor(text: string) {
    this.text = text;
    this.#hostAt = text.indexOf(SCHEME_END) + SCHEME_END.length;
    const queryAt = text.indexOf("?", this.#hostAt);
    this.#pathAt = text.indexOf("/", this.#hostAt);
    this.path = decode(queryAt < 0 ? text.slice(this.#pathAt) : text.slice(this.#pathAt, queryAt));
    this.query = queryAt < 0 ? "" : text.slice(queryAt + 1);
  }

  get lastSegment(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }

  /** The host without port, and without the dot that may end a name. */
  get host(): string {
    const host = this.text.slice(this.#hostAt, this.#pathAt);
    return isLetter(host.charCodeAt(host.length - 1)) ? host : host.replace(/\.?(?::\d*)?$/, "");
  }

  get withoutQuery(): string {
    const queryAt = this.text.indexOf("?", this.#pathAt);
    return queryAt < 0 ? this.text : this.text.slice(0, queryAt);
  }

  /** Path and query as they were sent. */
  get target(): string {
    return this.text.slice(this.#pathAt);
  }
}
