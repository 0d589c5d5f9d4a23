-- What somebody keeps for themselves, whatever it is: an item, an entry of a feed, a page of the web.

-- Bookmarks were that for items. The view lets the version before go on while both are serving.
alter table bookmark rename to kept;
alter table kept
  drop constraint bookmark_pkey,
  drop constraint bookmark_item_id_fkey,
  add column id uuid not null default uuidv7() primary key,
  alter column item_id drop not null,
  add foreign key (item_id) references item on delete set null,
  add unique (person_id, item_id),
  add column entry_id uuid references feed_entry on delete set null,
  -- A page of the web, and what all spellings of its address have in common (src/core/web/url.ts).
  add column url text not null default '',
  add column key text not null default '',
  add column title text not null default '',
  add column author text not null default '',
  add column site text not null default '',
  add column published_at timestamptz,
  -- Its text as it was when it was kept, sanitised, and the same to be searched; that of an item stays with the item.
  add column html text not null default '',
  add column text text not null default '',
  add column words integer not null default 0,
  -- Why its page could not be read, for people.
  add column problem text not null default '',
  -- When its page was looked at; null while it waits.
  add column looked_at timestamptz,
  add column tags text[] not null default '{}',
  add column version integer not null default 1,
  -- Taken back: it can be brought again until it is forgotten.
  add column removed_at timestamptz;
create unique index kept_page on kept (person_id, key) where key <> '';
create unique index kept_entry on kept (person_id, entry_id) where entry_id is not null;
create index kept_newest on kept (person_id, created_at desc, id) where removed_at is null;
create index kept_item on kept (item_id) where item_id is not null;
create index kept_of_entry on kept (entry_id) where entry_id is not null;
create index kept_key on kept (key) where key <> '';
create index kept_removed on kept (removed_at) where removed_at is not null;
create view bookmark as select person_id, item_id, note, created_at from kept where item_id is not null and removed_at is null;
