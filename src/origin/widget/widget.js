"use strict";
// The widget's frame: the form, the share link, and the talk with the page around it.
// Spec: docs/protocol.md#embedded-pages.
(() => {
  const byId = (id) => document.getElementById(id);
  const config = JSON.parse(byId("config").textContent);
  const strings = config.strings;
  const isFramed = window.parent !== window && config.page_origin !== "";

  // ---- the page around the frame
  const tell = (type, fields) => {
    if (isFramed) window.parent.postMessage(Object.assign({ refedge: 1, type }, fields), config.page_origin);
  };

  let lastHeight = 0;
  const tellHeight = () => {
    const px = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (px === lastHeight) return;
    lastHeight = px;
    tell("height", { px });
  };

  // ---- the form
  const form = byId("form");
  const submit = byId("submit");
  const inputs = { name: byId("name"), email: byId("email") };
  const say = (text) => { byId("status").textContent = text; };

  // What the page handed over for signing up, beside what the form asks for.
  let given = {};

  const showError = (id, text) => {
    const element = byId(id);
    element.textContent = text;
    element.hidden = text === "";
  };

  const markField = (field, text) => {
    inputs[field].setAttribute("aria-invalid", String(text !== ""));
    showError(`${field}-error`, text);
    return text === "";
  };

  const nameProblem = () => (inputs.name.value.trim() === "" ? strings.name_missing : "");
  const emailProblem = () => {
    if (inputs.email.value.trim() === "") return strings.email_missing;
    return inputs.email.validity.typeMismatch ? strings.email_invalid : "";
  };

  const checkForm = () => {
    showError("form-error", "");
    const isNameGood = markField("name", nameProblem());
    const isEmailGood = markField("email", emailProblem());
    if (!isNameGood) inputs.name.focus();
    else if (!isEmailGood) inputs.email.focus();
    return isNameGood && isEmailGood;
  };

  const setBusy = (isBusy) => {
    submit.setAttribute("aria-disabled", String(isBusy));
    submit.textContent = isBusy ? strings.submitting : strings.submit;
    if (isBusy) say(strings.submitting);
  };
  const isBusy = () => submit.getAttribute("aria-disabled") === "true";

  // ---- the origin
  const post = async (fields) => {
    const answer = await fetch(`/iaf/${encodeURIComponent(config.campaign)}/signups`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(Object.assign({ market: config.market, locale: config.locale }, fields)),
    });
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    return { ok: answer.ok, body: await answer.json() };
  };

  const KNOWN_PROBLEMS = { name: () => strings.name_missing, email: () => strings.email_invalid };

  const showRefusal = (errors) => {
    for (const { field } of errors) {
      if (!(field in KNOWN_PROBLEMS)) {
        showError("form-error", strings.refused);
        continue;
      }
      markField(field, KNOWN_PROBLEMS[field]());
      inputs[field].focus();
    }
  };

  // ---- after the sign-up
  const shareTargets = (link) => {
    const url = encodeURIComponent(link);
    const text = encodeURIComponent(strings.message_text);
    const both = encodeURIComponent(`${strings.message_text} ${link}`);
    return {
      "share-mail": `mailto:?subject=${encodeURIComponent(strings.message_subject)}&body=${both}`,
      "share-whatsapp": `https://wa.me/?text=${both}`,
      "share-facebook": `https://www.facebook.com/sharer/sharer.php?u=${url}`,
      "share-x": `https://x.com/intent/post?text=${text}&url=${url}`,
    };
  };

  const showLink = ({ share_url: link, first_name: firstName }) => {
    const title = firstName ? strings.done_title_name.replace("{name}", () => firstName) : strings.done_title;
    byId("after-title").textContent = title;
    byId("link").value = link;
    for (const [id, href] of Object.entries(shareTargets(link))) byId(id).href = href;
    byId("before").hidden = true;
    byId("after").hidden = false;
    say(title);
    tell("signed_up");
  };

  const copyLink = async () => {
    const link = byId("link");
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(link.value);
    } catch {
      link.select(); // no clipboard for this frame: the old way, which needs a selection
      isCopied = document.execCommand("copy");
    }
    say(isCopied ? strings.copied_status : strings.copy_failed_status);
    if (isCopied) byId("copy").textContent = strings.copied;
  };

  const signUp = async () => {
    setBusy(true);
    try {
      const { ok, body } = await post({
        ...given,
        name: inputs.name.value,
        email: inputs.email.value,
        marketing_opt_in: String(byId("marketing_opt_in").checked),
      });
      if (!ok) return showRefusal(body.errors);
      showLink(body);
      byId("after-title").focus();
    } catch {
      showError("form-error", strings.failed);
    } finally {
      setBusy(false);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy() && checkForm()) signUp();
  });
  byId("copy").addEventListener("click", copyLink);
  byId("link").addEventListener("focus", (event) => event.target.select());

  // ---- what the page hands over
  const isTrue = (value) => value === true || value === "true";

  const prefill = (params) => {
    if (typeof params.name === "string") inputs.name.value = params.name;
    if (typeof params.email === "string") inputs.email.value = params.email;
    if (isTrue(params.marketing_opt_in)) byId("marketing_opt_in").checked = true;
    if (typeof params.custom_field === "string") given.custom_field = params.custom_field;
  };

  // The values go out as they were given: a signature covers them so.
  const SENT = ["name", "email", "custom_field", "marketing_opt_in", "auto", "locale", "signed_keys", "signature"];
  const pick = (params) => Object.fromEntries(SENT.filter((key) => key in params).map((key) => [key, params[key]]));

  // A refusal leaves the form for the person to use; an origin that does not answer is the page's to tell.
  const signUpAtOnce = async (fields) => {
    try {
      const { ok, body } = await post(fields);
      if (ok && body.share_url) showLink(body);
      if (ok && body.prefill) prefill(body.prefill);
    } catch {
      tell("failed");
    }
  };

  const isPerson = (params) => typeof params.name === "string" && typeof params.email === "string";
  const isSigned = (params) => "signed_keys" in params && "signature" in params;

  // Only the origin can open a bp_e; it reads the plain bp_p by the same rules.
  const start = (params) => {
    prefill(params);
    for (const key of ["bp_e", "bp_p"]) {
      if (typeof params[key] === "string" && params[key] !== "") return signUpAtOnce({ [key]: params[key] });
    }
    if (isTrue(params.auto) && isPerson(params) && isSigned(params)) return signUpAtOnce(pick(params));
    return undefined;
  };

  let isStarted = false;
  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== config.page_origin || source !== window.parent) return;
    if (isStarted || !data || data.refedge !== 1 || data.type !== "init") return;
    isStarted = true;
    start(data.params && typeof data.params === "object" ? data.params : {});
  });

  new ResizeObserver(tellHeight).observe(document.documentElement);
  tell("ready");
  tellHeight();
})();
