-- Every table is keyed by market_id first; names of enumerated numbers are in store/records.h and the core.
CREATE TABLE markets (
  market_id             TEXT PRIMARY KEY,
  slug                  TEXT NOT NULL UNIQUE,
  scheme                TEXT NOT NULL,
  domain                TEXT NOT NULL UNIQUE,
  currency              TEXT NOT NULL,
  locale                TEXT NOT NULL,
  auth_token            TEXT NOT NULL,
  secret_key            TEXT NOT NULL,
  requires_signed_track INTEGER NOT NULL,
  webhook_url           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cookie_keys (
  market_id TEXT NOT NULL REFERENCES markets,
  position  INTEGER NOT NULL,          -- 0 signs, all verify
  key_id    TEXT NOT NULL,
  key       BLOB NOT NULL,
  PRIMARY KEY (market_id, position),
  UNIQUE (market_id, key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaigns (
  market_id          TEXT NOT NULL REFERENCES markets,
  slug               TEXT NOT NULL,
  name               TEXT NOT NULL,
  destination        TEXT NOT NULL,
  page_url           TEXT NOT NULL,
  click_rule         INTEGER NOT NULL,
  window_seconds     INTEGER NOT NULL,
  has_reconciliation INTEGER NOT NULL,
  PRIMARY KEY (market_id, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE referrers (
  market_id        TEXT NOT NULL,
  referrer_id      TEXT NOT NULL,
  campaign         TEXT NOT NULL,
  email            TEXT NOT NULL,
  email_key        TEXT NOT NULL,      -- trimmed, lower case: what is compared
  first_name       TEXT NOT NULL,
  last_name        TEXT NOT NULL,
  custom_field     TEXT NOT NULL,
  client_data      TEXT NOT NULL,      -- a JSON object, or empty
  marketing_opt_in INTEGER NOT NULL,
  locale           TEXT NOT NULL,
  created_at       INTEGER NOT NULL,
  PRIMARY KEY (market_id, referrer_id),
  UNIQUE (market_id, campaign, email_key),
  FOREIGN KEY (market_id, campaign) REFERENCES campaigns (market_id, slug)
) STRICT, WITHOUT ROWID;

-- The feed's counter: a number is given once, whatever becomes of the link that has it.
CREATE TABLE feed (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL
) STRICT;
INSERT INTO feed (id, cursor) VALUES (1, 0);

CREATE TABLE links (
  market_id   TEXT NOT NULL,
  code        TEXT NOT NULL UNIQUE,    -- over all markets: the edge looks a code up alone
  campaign    TEXT NOT NULL,
  referrer_id TEXT NOT NULL,
  location    TEXT NOT NULL,
  expires_at  INTEGER NOT NULL,        -- 0: never
  is_active   INTEGER NOT NULL,
  cursor      INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (market_id, code),
  FOREIGN KEY (market_id, referrer_id) REFERENCES referrers (market_id, referrer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_of_referrer ON links (market_id, referrer_id);

-- No foreign key: a click happened, whatever has become of its link since.
CREATE TABLE clicks (
  market_id   TEXT NOT NULL,
  click_id    TEXT NOT NULL UNIQUE,
  code        TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  verdict     INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (market_id, click_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clicks_of_link ON clicks (market_id, code, at_ms);

CREATE TABLE conversions (
  market_id        TEXT NOT NULL REFERENCES markets,
  order_number     TEXT NOT NULL,
  campaign         TEXT NOT NULL,      -- empty: no campaign is known
  email            TEXT NOT NULL,
  first_name       TEXT NOT NULL,
  last_name        TEXT NOT NULL,
  marketing_opt_in INTEGER NOT NULL,
  value_minor      INTEGER,            -- cents; NULL: not told
  currency         TEXT NOT NULL,
  reward_category  TEXT NOT NULL,
  voucher_code     TEXT NOT NULL,
  locale           TEXT NOT NULL,
  created_at       INTEGER NOT NULL,
  answer           TEXT NOT NULL,      -- JSON: what was answered, for a repeat of the same order
  PRIMARY KEY (market_id, order_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE referrals (
  market_id    TEXT NOT NULL,
  order_number TEXT NOT NULL,
  campaign     TEXT NOT NULL,
  referrer_id  TEXT NOT NULL,
  status       INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
  created_at   INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,
  PRIMARY KEY (market_id, order_number),
  FOREIGN KEY (market_id, order_number) REFERENCES conversions (market_id, order_number),
  FOREIGN KEY (market_id, referrer_id) REFERENCES referrers (market_id, referrer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX referrals_of_campaign ON referrals (market_id, campaign, created_at);
CREATE INDEX referrals_of_referrer ON referrals (market_id, referrer_id, status);

CREATE TABLE decisions (
  market_id    TEXT NOT NULL,
  order_number TEXT NOT NULL,
  rule_version INTEGER NOT NULL,
  decision     TEXT NOT NULL,          -- JSON: rule, evidence, verdicts, winner
  decided_at   INTEGER NOT NULL,
  PRIMARY KEY (market_id, order_number),
  FOREIGN KEY (market_id, order_number) REFERENCES conversions (market_id, order_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  market_id       TEXT NOT NULL REFERENCES markets,
  delivery_id     TEXT NOT NULL,
  url             TEXT NOT NULL,
  body            TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  attempts        INTEGER NOT NULL,
  next_attempt_at INTEGER,             -- NULL: finished
  is_claimed      INTEGER NOT NULL,    -- until next_attempt_at
  finished_at     INTEGER,
  is_delivered    INTEGER NOT NULL,
  result          TEXT NOT NULL,       -- of the last attempt
  PRIMARY KEY (market_id, delivery_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
