// Opens and makes a bp_e as the manual's Node sample does, and signs with node:crypto.
const crypto = require("node:crypto");

// The manual's sample applies decodeURI, which leaves %2B, %2F and %3D as they are: it works on the value that a query
// parser has decoded, so that is what it gets here.
const openMetadata = ({ key, bp_e: encoded }) => {
  const value = decodeURI(decodeURIComponent(encoded));
  const decipher = crypto.createDecipheriv("aes-256-ecb", key.slice(0, 32), "");
  return decipher.update(value, "base64", "utf8") + decipher.final("utf8");
};

const makeMetadata = ({ key, text }) => {
  const cipher = crypto.createCipheriv("aes-256-ecb", key.slice(0, 32), "");
  return cipher.update(text || "{}", "utf8", "base64") + cipher.final("base64");
};

const sign = ({ fields, secret }) => {
  const signed = { ...Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))), secret };
  return crypto.createHash("sha256").update(JSON.stringify(signed)).digest("hex");
};

const signBody = ({ body, secret }) => crypto.createHmac("sha1", secret).update(body).digest("base64");

const DO = { open_metadata: openMetadata, make_metadata: makeMetadata, sign, sign_body: signBody };
const cases = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map((given) => DO[given.do](given))));
