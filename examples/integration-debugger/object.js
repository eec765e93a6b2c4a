// Reads the object in a snippet as people paste it: JavaScript around it, comments, single quotes, unquoted keys, a comma too many.
// It is read, never run.

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_$][\w$]*|-?\d[\w.+-]*|\s+|[\s\S]/g;
const WORDS = new Set(["true", "false", "null"]);

// 'it\'s "so"' is "it's \"so\"".
const toDoubleQuotes = (text) => `"${text.slice(1, -1).replace(/\\'/g, "'").replace(/\\.|"/g, (found) => (found === '"' ? '\\"' : found))}"`;

const toJson = (token, index, tokens) => {
  if (token.startsWith("'")) return toDoubleQuotes(token);
  if (!/^[A-Za-z_$]/.test(token) || WORDS.has(token)) return token;
  if (tokens[index + 1] !== ":") throw new SyntaxError(`${token} is a variable: put in the value that it has.`);
  return JSON.stringify(token);
};

const isMeaningful = (token) => !/^(?:\s|\/\/|\/\*)/.test(token);

// From the brace at `start` to the one that closes it.
const objectAt = (tokens, start) => {
  let depth = 0;
  for (let i = start; i < tokens.length; i += 1) {
    if (tokens[i] === "{") depth += 1;
    if (tokens[i] === "}") depth -= 1;
    if (depth === 0) return tokens.slice(start, i + 1);
  }
  throw new SyntaxError("The object has no } at its end.");
};

const parse = (tokens) => {
  const json = tokens.filter((token, index) => token !== "," || !/^[}\]]$/.test(tokens[index + 1] ?? "")).map(toJson).join("");
  try {
    return JSON.parse(json);
  } catch {
    throw new SyntaxError("The object cannot be read: are a comma, a colon or a quotation mark missing?");
  }
};

// What new Buyapowa() is given stands before the object in a snippet.
const isOptions = (object) => "url" in object && "market" in object && !("signature" in object) && !("customer_email" in object);

// A function's body has braces too; an object within another is a value.
const startsOf = (tokens) => [...tokens.keys()].filter((index) => tokens[index] === "{" && tokens[index - 1] !== ":");

/** readObject gives the object in the text, or throws a SyntaxError that says what is wrong in plain words. */
export const readObject = (text) => {
  const tokens = (text.match(TOKEN) ?? []).filter(isMeaningful);
  let trouble = new SyntaxError("There is no object: it starts with { and ends with }.");
  for (const start of startsOf(tokens)) {
    try {
      const object = parse(objectAt(tokens, start));
      if (!isOptions(object)) return object;
    } catch (error) {
      trouble = error;
    }
  }
  throw trouble;
};
