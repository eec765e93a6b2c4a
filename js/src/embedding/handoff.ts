// The referral on its way to another registrable domain, where no cookie goes. Spec: docs/protocol.md#handoff.
import { attempt, note, queryParam, visitor } from "./page.js";
import { latestCookie, mayStore } from "./privacy.js";
import { withParam } from "./routes.js";

const NAME = "refedge_handoff";
const LIFE_SECONDS = 300;
const PATIENCE_MS = 2000;

/** askMarket asks for what only the edge can do with its cookie, which no page sees; undefined when there is no answer in time. */
export const askMarket = async (address: string): Promise<{ readonly handoff?: string } | undefined> => {
  try {
    return await (await fetch(address, { method: "POST", credentials: "include", signal: AbortSignal.timeout(PATIENCE_MS) })).json();
  } catch {
    return;
  }
};

/** handOff gives the address with the referral in it: signed where the edge has a cookie, else the code alone; unchanged where there is none. */
export const handOff = async (to: unknown, marketUrl: string): Promise<unknown> => {
  const address = attempt(() => new URL(String(to), location.href));
  if (!address || mayStore() === false) return to;
  const token = (await askMarket(`${marketUrl}/handoff`))?.handoff;
  const ref = visitor.ref ?? latestCookie()?.split(".")[1];
  note("handed off", { isSigned: !!token });
  if (token) return withParam(address, NAME, token);
  return ref ? withParam(address, "ref", ref) : address.href;
};

/** takeHandoff takes the code of the page's parameter, if it is fresh. A page has no key: what the edge makes of it counts for more. */
export const takeHandoff = (): void => {
  const [, seconds, ref] = /^h1\.(\d+)\.1\.([\w-]{1,32})\./.exec(queryParam(NAME) ?? "") ?? [];
  if (ref && Math.abs(Date.now() / 1000 - Number(seconds)) <= LIFE_SECONDS) visitor.ref ??= ref;
};
