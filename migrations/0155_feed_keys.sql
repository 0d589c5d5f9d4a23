-- Private addresses of feeds: whoever has one sees there what its person may see now, and nothing else.
create table feed_key (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- What it is a feed of: a space by its id, a tag by its name, a search by its words.
  kind text not null,
  target text not null,
  -- As it was called when the address was made: its person may not see it any more.
  title text not null,
  key_hash text not null unique,
  -- What was sent last, and since when it is so: If-Modified-Since is answered by it.
  digest text not null default '',
  changed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index feed_key_live on feed_key (person_id, kind, target) where revoked_at is null;
