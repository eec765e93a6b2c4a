// What the tools share: their answers in the page. Text alone is put in, never markup.

const make = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

const copyButton = (label, text) => {
  const button = make("button", "Copy", "quiet");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${label}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = "Selected";
    }
  });
  return button;
};

const row = ([label, text, isCopied = true]) => {
  const value = document.createElement("dd");
  value.append(make("span", text, "mono"), ...(isCopied ? [copyButton(label, text)] : []));
  return [make("dt", label), value];
};

/** show puts an answer into a tool: a verdict ("good", "wrong" or ""), a heading, sentences, and rows of [label, text, has a copy button]. */
export const show = (form, { verdict = "", title, lines = [], rows = [] }) => {
  const result = form.querySelector(".result");
  result.className = `result ${verdict}`;
  const list = make("ul", "");
  list.append(...lines.map((line) => make("li", line)));
  const table = document.createElement("dl");
  table.append(...rows.flatMap(row));
  result.replaceChildren(make("h3", title), ...(lines.length > 0 ? [list] : []), ...(rows.length > 0 ? [table] : []));
};

export const clear = (form) => {
  form.querySelector(".result").className = "result";
  form.querySelector(".result").replaceChildren();
};

const WORDS = {
  missing_field: "is missing", too_long: "is too long", duplicate_field: "stands there twice", invalid_field: "does not have the right form",
  too_many: "has too many entries", invalid_key: "has the wrong length or form", invalid_base64: "is no Base64", invalid_utf8: "is no proper text",
  invalid_ciphertext: "cannot be opened with this token", invalid_percent_encoding: "has a % without two hex digits", invalid_json: "is no JSON object",
  unknown_field: "is not known", unsupported_version: "is of a version that this page does not know", unknown_key_id: "was signed with another key",
  signature_mismatch: "is signed with another key, or was changed",
};

/** describe says in plain words what is wrong with which field. Values are not repeated. */
export const describe = (error) => (error.code === undefined ? error.message : `${error.field} ${WORDS[error.code] ?? error.message}.`);
