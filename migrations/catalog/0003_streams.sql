-- How ads get into the stream of a channel; none for a channel that only asks for ads.
ALTER TABLE channels ADD COLUMN stream TEXT;
