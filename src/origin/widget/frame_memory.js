// Who signed up in this browser sees their link at once when they come back. Kept is the link, and 32 bits of a hash of the
// address: enough to tell two people of one household apart, too few to find an address. Without storage, or without
// consent, nothing is kept.
const MEMORY_KEY = `refedge_widget/${config.market}/${config.campaign}`;
let mayRemember = true;

// A browser may refuse its storage to frames, whatever one does with it.
const withStorage = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};

const hashOf = async (email) => {
  if (!isText(email) || !window.crypto?.subtle) return "";
  const bytes = new TextEncoder().encode(email.trim().toLowerCase());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const forget = () => withStorage((storage) => storage.removeItem(MEMORY_KEY));

const remember = async (link, email) => {
  const who = await hashOf(email);
  if (mayRemember) withStorage((storage) => storage.setItem(MEMORY_KEY, JSON.stringify({ link, who })));
};

// remembered gives the link that was kept, unless the page names somebody else than it was kept for.
const remembered = async (email) => {
  if (!mayRemember) return null;
  const kept = withStorage((storage) => JSON.parse(storage.getItem(MEMORY_KEY)));
  if (!isText(kept?.link) || !kept.link.startsWith(`${location.origin}/r/`)) return null;
  return isText(email) && kept.who !== await hashOf(email) ? null : kept.link;
};

// What is seen is what a consent that comes late is about.
let seen = null;
const setConsent = (isGiven) => {
  mayRemember = isGiven;
  if (!isGiven) forget();
  else if (seen !== null) remember(seen.link, seen.email);
};
