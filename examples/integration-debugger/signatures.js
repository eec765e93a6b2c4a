// Checking and making signatures. Spec: docs/protocol.md#signatures.
import { readObject } from "./object.js";
import { describe, show } from "./page.js";

const MASK = "••••••••";

const keysOf = (signedKeys) => signedKeys.split(",").map((key) => key.trim()).filter((key) => key !== "");

// What is hashed, for people to compare with; the secret stays hidden.
const hashedText = (core, fields, signedKeys) => {
  const signed = Object.fromEntries(keysOf(signedKeys).sort().map((key) => [key, fields[key]]));
  return core.writeJsonObject({ ...signed, secret: MASK });
};

const textOf = (value) => (typeof value === "string" ? value : "");

const explain = (core, input) => {
  const findings = JSON.parse(core.explainSignatureMismatch(input));
  return findings.map(({ key, message }) => (key === "" || message.includes(key) ? message : `${key}: ${message}`));
};

// What a market asks to be signed at least.
const missingKeys = (fields, signedKeys) => {
  const required = "order_number" in fields ? ["order_number", "customer_email"] : ["name", "email"];
  return required.filter((key) => !keysOf(signedKeys).includes(key));
};

const holds = (core, input) => {
  try {
    core.verifySignature(input);
    return true;
  } catch (error) {
    if (error.code === "signature_mismatch") return false;
    throw error;
  }
};

/** check says whether the signature of a pasted object holds, and if not, what would have matched. */
export const check = (core, form, { secretKey, object }) => {
  const { signature, signed_keys: signedKeys, ...fields } = readObject(object);
  const input = { secretKey, signedKeys: textOf(signedKeys), signature: textOf(signature), fields };
  const isRight = holds(core, input);
  const rows = [["What has to be hashed (SHA-256), with your secret key for the dots", hashedText(core, fields, input.signedKeys), false]];
  const missing = missingKeys(fields, input.signedKeys);
  if (isRight && missing.length === 0) return show(form, { verdict: "good", title: "The signature holds", rows });
  if (isRight) return show(form, { verdict: "wrong", title: "The signature holds, but covers too little", lines: [`signed_keys must name ${missing.join(" and ")} too.`], rows });
  rows.push(["The signature that would hold", core.buildSignature(input)]);
  return show(form, { verdict: "wrong", title: "The signature does not hold", lines: explain(core, input), rows });
};

/** sign makes the signature of a pasted object. */
export const sign = (core, form, { secretKey, object, signedKeys }) => {
  const { signature: _, signed_keys: own, ...fields } = readObject(object);
  const keys = signedKeys.trim() === "" ? textOf(own) : signedKeys;
  const signature = core.buildSignature({ secretKey, signedKeys: keys, fields });
  show(form, {
    verdict: "good", title: "Signed", rows: [
      ["signature", signature],
      ["For your snippet", `"signed_keys": ${JSON.stringify(keys)},\n"signature": "${signature}"`],
      ["What was hashed (SHA-256), with your secret key for the dots", hashedText(core, fields, keys), false],
    ],
  });
};

const PERSON = '"name": "John Doe",\n    "email": "john@doe.com"';
const SECRET = "afd46269f68a4b63b6a926d8bad9f5b5";

/** The manual's own examples. */
export const EXAMPLES = {
  check: {
    secretKey: SECRET,
    object: `buyapowa.embedReferAFriend({\n    "campaign": "refer-a-friend",\n    "auto": true,\n    ${PERSON},\n    "signed_keys": "name, email",\n    "signature": "e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22"\n});`,
  },
  sign: { secretKey: SECRET, object: `{\n    ${PERSON}\n}`, signedKeys: "name, email" },
};

export const explainError = (form, error) => show(form, { verdict: "wrong", title: "That does not work yet", lines: [describe(error)] });
