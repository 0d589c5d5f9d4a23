-- Links to web pages. Each is an item in a space; what its page says is kept with it, so that nothing of a
-- link in one space is seen from another, and all of it goes when the item goes.

create table link (
  item_id uuid primary key references item on delete cascade,
  -- As it is opened, and what all its spellings have in common (src/core/web/url.ts).
  url text not null,
  key text not null,
  -- The title was given by a person: the page's own does not replace it.
  titled boolean not null default false,
  site text not null default '',
  author text not null default '',
  published_at timestamptz,
  description text not null default '',
  language text not null default '',
  words integer not null default 0,
  -- Media type where it leads to a file.
  file_type text not null default '',
  -- Where the page's picture was, and our copy of it.
  image_url text not null default '',
  image_id uuid references file on delete set null,
  -- How it was found last: waiting (not looked at yet), page, login, file, gone, failed.
  state text not null default 'waiting' check (state in ('waiting', 'page', 'login', 'file', 'gone', 'failed')),
  -- Why it could not be read, for people.
  problem text not null default '',
  -- Only its beginning was read.
  cut boolean not null default false,
  -- The number of the newest kept text; 0 where there is none.
  snapshot integer not null default 0,
  etag text not null default '',
  last_modified text not null default '',
  -- When somebody asked for a look.
  asked_at timestamptz,
  -- Last look; last time the page was there; since when it is gone or cannot be reached.
  looked_at timestamptz,
  seen_at timestamptz,
  lost_at timestamptz,
  failures integer not null default 0,
  -- Days between two looks: fewer for pages that change.
  every_days real not null default 7,
  next_look_at timestamptz not null default now(),
  -- It turned out to be the same page as an earlier one of its space.
  merged_into uuid references item on delete set null
);
create index link_key on link (key);
create index link_due on link (next_look_at);

-- All known spellings of a link: one address is one link in a space.
create table link_address (
  space_id uuid not null references space on delete cascade,
  key text not null,
  item_id uuid not null references item on delete cascade,
  primary key (space_id, key)
);
create index link_address_item on link_address (item_id);

-- The readable text as it was; a new one only when it has changed for a reader.
create table link_snapshot (
  item_id uuid not null references item on delete cascade,
  version integer not null,
  title text not null,
  html text not null,
  text text not null,
  taken_at timestamptz not null default now(),
  primary key (item_id, version)
);

-- What colleagues found when they checked a page: five questions and a verdict.
create table link_check (
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  verdict text not null check (verdict in ('trust', 'care', 'avoid')),
  behind text not null default '',
  dated text not null default '',
  evidence text not null default '',
  purpose text not null default '',
  corroboration text not null default '',
  -- The text that was checked: when a newer one is kept, the page has changed since.
  snapshot integer not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (item_id, person_id)
);
