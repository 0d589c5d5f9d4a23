-- Reading lists: links are collected as they are found, and the best of a month become a list that is read as one text.

-- Where a person, or a space, collects.
create table reading_shelf (
  id uuid primary key,
  person_id uuid unique references person on delete cascade,
  space_id uuid unique references space on delete cascade,
  check (num_nonnulls(person_id, space_id) = 1)
);

create table reading_find (
  id uuid primary key,
  shelf_id uuid not null references reading_shelf on delete cascade,
  url text not null,
  -- What all spellings of the address have in common (src/core/web/url.ts).
  key text not null,
  title text not null default '',
  author text not null default '',
  site text not null default '',
  -- When it was published and when it was found are two things; the month of a list is a third.
  published_on date,
  found_on date not null,
  found_by uuid not null references person on delete cascade,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (shelf_id, key)
);
create index reading_find_when on reading_find (shelf_id, found_on desc, id);

-- A list as its curators work at it. Once it is published, an item of the same id stands for it.
create table reading_list (
  id uuid primary key,
  shelf_id uuid not null references reading_shelf on delete cascade,
  -- Where it is published: its readers.
  space_id uuid not null references space on delete cascade,
  begun_by uuid not null references person on delete cascade,
  -- The first day of its month.
  month date not null check (extract(day from month) = 1),
  title text not null,
  opening text not null default '',
  closing text not null default '',
  wanted integer not null default 10,
  version integer not null default 1,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  unique (shelf_id, month)
);

create table reading_pick (
  id uuid primary key,
  list_id uuid not null references reading_list on delete cascade,
  find_id uuid not null references reading_find on delete cascade,
  position integer not null,
  -- What leads on to it from the one before.
  before text not null default '',
  why text not null default '',
  quote text not null default '',
  -- It is here for the lesson in it, not as praise.
  lesson boolean not null default false,
  version integer not null default 1,
  unique (list_id, find_id)
);
create index reading_pick_find on reading_pick (find_id);

-- What was published, word for word; it never changes. Its hash is its name.
create table reading_edition (
  list_id uuid not null references reading_list on delete cascade,
  number integer not null,
  hash text not null,
  content jsonb not null,
  -- The texts of `content` as they are shown.
  html jsonb not null,
  published_by uuid not null references person on delete cascade,
  published_at timestamptz not null default now(),
  primary key (list_id, number),
  unique (list_id, hash)
);

-- Who has read a list, and whether it changed how they work: asked once, thirty days later.
create table reading_reader (
  list_id uuid not null references reading_list on delete cascade,
  person_id uuid not null references person on delete cascade,
  read_at timestamptz not null default now(),
  asked_at timestamptz,
  changed boolean,
  answered_at timestamptz,
  primary key (list_id, person_id)
);
create index reading_reader_due on reading_reader (read_at) where asked_at is null;
create index reading_reader_person on reading_reader (person_id);

-- Who wants to be told of the lists of a person or a space.
create table reading_subscription (
  person_id uuid not null references person on delete cascade,
  shelf_id uuid not null references reading_shelf on delete cascade,
  snoozed_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (person_id, shelf_id)
);
create index reading_subscription_shelf on reading_subscription (shelf_id);
