// What the shop needs to know, from the environment. Secrets come from a file or the environment, never from argv.
import { readFileSync } from "node:fs";

const text = (name, fallback) => {
  const value = process.env[name] ?? fallback;
  if (!value) throw new Error(`${name} is not set; see examples/merchant-page/README.md`);
  return value;
};

const port = (name, fallback) => {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 1 || value > 65535) throw new Error(`${name} is not a port: 1 to 65535`);
  return value;
};

// The file is what `refedge market create` prints: JSON with market_id, slug, auth_token and secret_key.
const readSecrets = () => {
  const file = process.env.SHOP_SECRETS_FILE;
  const from = file ? JSON.parse(readFileSync(file, "utf8")) : {};
  return {
    secretKey: text("SHOP_SECRET_KEY", from.secret_key),
    authToken: text("SHOP_AUTH_TOKEN", from.auth_token),
  };
};

export const readSettings = () => ({
  port: port("SHOP_PORT", 8082),
  dataDir: text("SHOP_DATA_DIR", "./data"),
  marketUrl: text("SHOP_MARKET_URL").replace(/\/$/, ""), // the cookie subdomain: http://bp.shop.localhost:8080
  market: text("SHOP_MARKET"),
  campaign: text("SHOP_CAMPAIGN"),
  ...readSecrets(),
});
