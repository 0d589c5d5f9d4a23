-- The whole text of an entry, read from its page when a reader asked for it: kept for all who may read the entry.
create table feed_whole (
  own_id uuid primary key references feed_entry on delete cascade,
  -- Sanitised, without pictures.
  html text not null,
  words integer not null,
  -- Where it was found.
  url text not null,
  read_at timestamptz not null default now()
);
