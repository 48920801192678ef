-- Counts and settled totals follow from the batches, some batches at a time: this is the last one
-- that they hold. Until now each batch was counted in its own transaction.
ALTER TABLE progress ADD COLUMN posted_batch INTEGER NOT NULL DEFAULT 0;
UPDATE progress
SET posted_batch = max(kept_batch, (SELECT coalesce(max(id), 0) FROM batches));
