-- What an edge shows in place of a redirect: to unfurlers, and to friends whose link does not serve. Empty: nothing.
ALTER TABLE campaigns ADD COLUMN fallback_url TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN preview_title TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN preview_description TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN preview_image_url TEXT NOT NULL DEFAULT '';

-- A code that is abused is blocked for good, whatever becomes of its campaign.
ALTER TABLE links ADD COLUMN is_blocked INTEGER NOT NULL DEFAULT 0;
