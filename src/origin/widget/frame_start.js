// What the page hands over decides what is seen first: whom the shop names is signed in, who was here before sees their
// link, anybody else the form.

// A page that frames the widget by hand says nothing, a busy one speaks late.
const SILENCE_MS = 2000;

// The values go out as they were given: a signature covers them so.
const SENT = ["name", "email", "custom_field", "marketing_opt_in", "auto", "locale", "signed_keys", "signature"];
const pick = (params) => Object.fromEntries(SENT.filter((key) => key in params).map((key) => [key, params[key]]));

// A friend comes with bp_l=false: the shop's customer is somebody else, and bp_e is about who sent them.
const isFriend = (params) => String(params.bp_l) === "false";

// What the origin is asked to sign up without a form. Only the origin can open a bp_e; it reads the plain bp_p by the same rules.
const automaticFields = (params) => {
  if (isFriend(params)) return null;
  const key = ["bp_e", "bp_p"].find((name) => isText(params[name]));
  if (key !== undefined) return { [key]: params[key] };
  const isSigned = ["name", "email"].every((name) => typeof params[name] === "string") && "signed_keys" in params && "signature" in params;
  return isTrue(params.auto) && isSigned ? pick(params) : null;
};

// An origin that does not answer is the page's to tell; should the page show the frame all the same, the form is there.
const signUpAtOnce = async (fields) => {
  try {
    const { ok, body } = await post(fields);
    if (ok && body.prefill) prefill(body.prefill);
    if (ok && body.share_url) showSignedUp(body, fields.email ?? "", "dashboard_url" in body);
    return ok && "share_url" in body;
  } catch {
    showView("form");
    showError("form-error", strings.failed);
    tell("failed");
    return true;
  }
};

const showRemembered = async (params) => {
  const link = isFriend(params) ? null : await remembered(params.email);
  if (link === null) return false;
  showShare(link, { title: strings.welcome_title });
  return true;
};

const start = async (params) => {
  if (["light", "dark"].includes(params.color_scheme)) document.documentElement.dataset.scheme = params.color_scheme;
  if (!isFriend(params)) prefill(params);
  const fields = automaticFields(params);
  if (fields !== null && await signUpAtOnce(fields)) return;
  if (!await showRemembered(params)) showView("form");
};

let isStarted = false;

// What the page says by and by; the first `init` counts.
const HEARD = {
  init: ({ params, consent }) => {
    if (isStarted) return;
    isStarted = true;
    if (typeof consent === "boolean") setConsent(consent);
    start(params && typeof params === "object" ? params : {});
  },
  consent: ({ given: isGiven }) => { if (typeof isGiven === "boolean") setConsent(isGiven); },
  forget,
};

window.addEventListener("message", ({ origin, source, data }) => {
  if (origin !== config.page_origin || source !== window.parent || !data || data.refedge !== 1) return;
  if (Object.hasOwn(HEARD, data.type)) HEARD[data.type](data);
});

new ResizeObserver(tellHeight).observe(document.documentElement);
setTimeout(() => { if (!isStarted) start({}); }, isFramed ? SILENCE_MS : 0);
tell("ready");
