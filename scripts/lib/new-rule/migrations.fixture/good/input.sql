SET lock_timeout = '2s';
-- The safe way, silent under every rule.
ALTER TABLE orders ADD COLUMN note text;
