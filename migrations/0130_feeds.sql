-- Feeds: checked for all who read them at once, each as often as it says something new.

create table feed (
  id uuid primary key,
  -- Where it is fetched, and what all spellings of that have in common (src/core/web/url.ts).
  url text not null,
  key text not null unique,
  host text not null,
  format text not null default '',
  title text not null default '',
  description text not null default '',
  language text not null default '',
  site_url text not null default '',
  -- waiting: not read yet; failing: not readable for now; gone: its server says so, or it failed for a month.
  state text not null default 'waiting' check (state in ('waiting', 'live', 'failing', 'gone')),
  -- Why it cannot be read, for people.
  problem text not null default '',
  failures integer not null default 0,
  failing_since timestamptz,
  etag text not null default '',
  last_modified text not null default '',
  -- SHA-256 of what came last: not every server answers 304.
  digest text not null default '',
  -- What decides when it is looked at next: see src/feeds/pace.ts.
  gap_minutes integer not null default 0,
  rest_minutes integer not null default 0,
  every_minutes integer not null default 60,
  next_check_at timestamptz not null default now(),
  -- Somebody is asking its server now: no other request goes to that host.
  busy_until timestamptz,
  checked_at timestamptz,
  -- Last time something new was in it.
  changed_at timestamptz,
  hub_url text not null default '',
  created_at timestamptz not null default now()
);
create index feed_due on feed (next_check_at) where state <> 'gone';
create index feed_busy on feed (host, busy_until) where busy_until is not null;

-- Addresses that have moved for good to a feed that is known.
create table feed_address (
  key text primary key,
  feed_id uuid not null references feed on delete cascade
);
create index feed_address_feed on feed_address (feed_id);

-- A story, wherever it was told: the posts of several feeds may be one entry.
create table feed_entry (
  id uuid primary key,
  url text not null default '',
  key text not null default '',
  title text not null default '',
  author text not null default '',
  -- Sanitised, without pictures.
  html text not null default '',
  words integer not null default 0,
  media jsonb not null default '[]',
  tags text[] not null default '{}',
  -- When its feed says, and when it was found here: two things.
  published_at timestamptz,
  odd_date text not null default '',
  found_at timestamptz not null default now(),
  changed_at timestamptz
);
create index feed_entry_key on feed_entry (key) where key <> '';
create index feed_entry_found on feed_entry (found_at);

-- What one feed said: each post by the name its feed gives it.
create table feed_post (
  feed_id uuid not null references feed on delete cascade,
  guid text not null,
  entry_id uuid not null references feed_entry on delete cascade,
  -- SHA-256 of what it said last.
  digest text not null,
  found_at timestamptz not null default now(),
  primary key (feed_id, guid)
);
create index feed_post_entry on feed_post (entry_id);
create index feed_post_found on feed_post (feed_id, found_at desc);

-- Who reads a feed: a person by themselves, or a space for its members.
create table feed_subscription (
  id uuid primary key,
  feed_id uuid not null references feed on delete cascade,
  person_id uuid references person on delete cascade,
  space_id uuid references space on delete cascade,
  -- Its readers' own name for it; the feed's title where it is empty.
  title text not null default '',
  folder text not null default '',
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  check ((person_id is null) <> (space_id is null))
);
create unique index feed_subscription_person on feed_subscription (person_id, feed_id) where person_id is not null;
create unique index feed_subscription_space on feed_subscription (space_id, feed_id) where space_id is not null;
create index feed_subscription_feed on feed_subscription (feed_id);

-- A member who does not want a feed of their space, for a while or for good.
create table feed_mute (
  subscription_id uuid not null references feed_subscription on delete cascade,
  person_id uuid not null references person on delete cascade,
  until timestamptz not null default 'infinity',
  primary key (subscription_id, person_id)
);

-- What somebody has read: their own business.
create table feed_read (
  person_id uuid not null references person on delete cascade,
  entry_id uuid not null references feed_entry on delete cascade,
  read_at timestamptz not null default now(),
  -- Marked together with others, and taken back together.
  batch uuid,
  primary key (person_id, entry_id)
);
create index feed_read_batch on feed_read (batch) where batch is not null;
create index feed_read_entry on feed_read (entry_id);
