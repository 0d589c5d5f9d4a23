-- One story told by several feeds is one entry: what each feed itself said of it stays its own.

-- `entry_id` is the story under which a post is listed, `own_id` holds the post's own words. They differ where the
-- story was told by another feed before.
alter table feed_post add column own_id uuid references feed_entry on delete cascade;
update feed_post set own_id = entry_id;
alter table feed_post alter column own_id set not null;
create index feed_post_own on feed_post (own_id);
-- The story that a post was taken out of for all, by those who look after a space that reads it.
alter table feed_post add column apart_from uuid references feed_entry on delete set null;
create index feed_post_apart on feed_post (apart_from) where apart_from is not null;

-- The words of a story as others are compared with them, for the weeks in which it may be told again.
create table feed_told (
  entry_id uuid primary key references feed_entry on delete cascade,
  title text not null,
  words text not null
);

-- What it is found by: 32 numbers at most, whatever its length (src/feeds/server/same/marks.ts).
create table feed_mark (
  mark integer not null,
  entry_id uuid not null references feed_entry on delete cascade,
  found_at timestamptz not null,
  primary key (mark, entry_id)
);
create index feed_mark_newest on feed_mark (mark, found_at desc) include (entry_id);
create index feed_mark_entry on feed_mark (entry_id);
create index feed_mark_found on feed_mark (found_at);

-- A reader for whom a post is a story of its own.
create table feed_apart (
  person_id uuid not null references person on delete cascade,
  own_id uuid not null references feed_entry on delete cascade,
  primary key (person_id, own_id)
);
create index feed_apart_own on feed_apart (own_id);
