-- What the sign-up form asks for besides name and e-mail. Empty: nothing.
ALTER TABLE campaigns ADD COLUMN custom_field_label TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN custom_field_required INTEGER NOT NULL DEFAULT 0;

-- Made for a known address by somebody who proved nothing: it carries what they typed, and is never published again.
ALTER TABLE links ADD COLUMN is_unproven INTEGER NOT NULL DEFAULT 0;
