-- A hash of each post as it came: what comes again as it was need not be cleaned again.
alter table feed_post add column raw text not null default '';
