// The view "share": the link, and the ways to a friend.
const COPIED_MS = 3000;

const shareTargets = (link) => {
  const url = encodeURIComponent(link);
  const text = encodeURIComponent(strings.message_text);
  const both = encodeURIComponent(`${strings.message_text} ${link}`);
  return {
    "share-whatsapp": `https://wa.me/?text=${both}`,
    "share-mail": `mailto:?subject=${encodeURIComponent(strings.message_subject)}&body=${both}`,
    "share-facebook": `https://www.facebook.com/sharer/sharer.php?u=${url}`,
    "share-x": `https://x.com/intent/post?text=${text}&url=${url}`,
  };
};

// A name may be of another direction than the text around it.
const setTitle = (text, name) => {
  const isolated = document.createElement("bdi");
  isolated.textContent = name;
  byId("share-title").replaceChildren(...text.split(/(\{name\})/).map((part) => (part === "{name}" ? isolated : part)));
};

const hideQrCode = () => {
  byId("share-qr").setAttribute("aria-expanded", "false");
  byId("qr").hidden = true;
  byId("qr-image").removeAttribute("src");
};

const setLink = (link) => {
  const query = new URLSearchParams({ market: config.market, code: link.split("/").pop() });
  byId("link").value = link;
  byId("qr-image").alt = fill(strings.qr_alt, { link });
  byId("qr-image").dataset.src = `${frameUrl("qr")}?${query}&format=svg`;
  byId("qr-download").href = `${frameUrl("qr")}?${query}&format=png`;
  for (const [id, href] of Object.entries(shareTargets(link))) byId(id).href = href;
};

// showShare shows a link under a title, in which {name} may stand. Whom it is for is unknown where `name` is empty.
const showShare = (link, { title, name = "", isTheirs = false }) => {
  setTitle(title, name);
  setLink(link);
  hideQrCode();
  byId("copy").textContent = strings.copy;
  byId("not-you").hidden = isTheirs;
  showView("share");
};

// showSignedUp also keeps the link, and tells the page. `isTheirs`: the shop says who they are.
const showSignedUp = ({ share_url: link, first_name: name }, email, isTheirs) => {
  showShare(link, { title: name ? strings.done_title_name : strings.done_title, name, isTheirs });
  seen = { link, email };
  remember(link, email);
  say(byId("share-title").textContent);
  tell("signed_up");
};

// Where a frame has no clipboard there is the old way, which needs a selection.
const writeClipboard = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    byId("link").select();
    return document.execCommand("copy");
  }
};

const copyLink = async () => {
  const isCopied = await writeClipboard(byId("link").value);
  say(isCopied ? strings.copied_status : strings.copy_failed_status);
  if (!isCopied) return;
  byId("copy").textContent = strings.copied;
  setTimeout(() => {
    byId("copy").textContent = strings.copy;
    say("");
  }, COPIED_MS);
};

// Who closes the sheet of their phone wants nothing else; where there is no sheet after all, the link is copied.
const shareNatively = async () => {
  try {
    await navigator.share({ title: strings.message_subject, text: strings.message_text, url: byId("link").value });
  } catch (error) {
    if (error.name !== "AbortError") copyLink();
  }
};

// The code is fetched when it is first asked for, and again after a failure.
const toggleQrCode = () => {
  if (!byId("qr").hidden) return hideQrCode();
  const image = byId("qr-image");
  byId("share-qr").setAttribute("aria-expanded", "true");
  byId("qr-error").hidden = true;
  image.hidden = false;
  image.src = image.dataset.src;
  byId("qr").hidden = false;
  return undefined;
};

byId("qr-image").addEventListener("error", () => {
  byId("qr-image").hidden = true;
  byId("qr-error").hidden = false;
});
byId("share-qr").addEventListener("click", toggleQrCode);
byId("copy").addEventListener("click", copyLink);
byId("link").addEventListener("focus", (event) => event.target.select());
byId("share-native").addEventListener("click", shareNatively);
byId("share-native-item").hidden = typeof navigator.share !== "function";
