// The view "form": who wants a link says who they are.
const form = byId("form");
const submit = byId("submit");
const FIELDS = ["name", "email", "custom_field"].filter((id) => byId(id) !== null);

// What the page handed over for a field that this form does not have.
let given = {};

const MISSING = { name: strings.name_missing, email: strings.email_missing, custom_field: strings.custom_field_missing };
const INVALID = { email: strings.email_invalid };

// What to say of a field, by the origin's reasons.
const problemText = ({ field, reason }) => {
  if (reason === "missing_field") return MISSING[field];
  if (reason === "too_long") return strings.too_long;
  return INVALID[field] ?? strings.refused;
};

const markField = (field, text) => {
  byId(field).setAttribute("aria-invalid", String(text !== ""));
  showError(`${field}-error`, text);
};

// The fields' problems stand at the fields, the first of them has the focus; others stand above the button.
const showProblems = (problems) => {
  for (const field of FIELDS) markField(field, "");
  showError("form-error", "");
  for (const problem of problems) {
    if (FIELDS.includes(problem.field)) markField(problem.field, problemText(problem));
    else showError("form-error", strings.refused);
  }
  FIELDS.map(byId).find((input) => input.getAttribute("aria-invalid") === "true")?.focus();
};

// What a browser can tell without asking the origin.
const problemOf = (field) => {
  const input = byId(field);
  if (input.required && input.value.trim() === "") return { field, reason: "missing_field" };
  return input.validity.typeMismatch ? { field, reason: "invalid_field" } : null;
};

const setBusy = (isBusy) => {
  submit.setAttribute("aria-disabled", String(isBusy));
  submit.textContent = isBusy ? strings.submitting : strings.submit;
  if (isBusy) say(strings.submitting);
  else if (byId("status").textContent === strings.submitting) say("");
};
const isBusy = () => submit.getAttribute("aria-disabled") === "true";

const filledIn = () => ({
  ...given,
  ...Object.fromEntries(FIELDS.map((field) => [field, byId(field).value])),
  marketing_opt_in: String(byId("marketing_opt_in").checked),
});

const signUp = async () => {
  setBusy(true);
  const fields = filledIn();
  try {
    const { ok, body } = await post(fields);
    if (!ok) return showProblems(body.errors);
    showSignedUp(body, fields.email, false);
    byId("share-title").focus();
  } catch {
    showError("form-error", strings.failed);
  } finally {
    setBusy(false);
  }
  return undefined;
};

const prefill = (params) => {
  for (const field of FIELDS) {
    if (isText(params[field])) byId(field).value = params[field];
  }
  if (isTrue(params.marketing_opt_in)) byId("marketing_opt_in").checked = true;
  if (byId("custom_field") === null && isText(params.custom_field)) given = { custom_field: params.custom_field };
};

const startAgain = () => {
  forget();
  seen = null;
  given = {};
  form.reset();
  showProblems([]);
  say("");
  showView("form");
  byId("form-title").focus();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isBusy()) return;
  const problems = FIELDS.map(problemOf).filter((problem) => problem !== null);
  showProblems(problems);
  if (problems.length === 0) signUp();
});
byId("not-you").addEventListener("click", startAgain);
