-- Drips: a series of short tips, written by colleagues and read one at a time.

-- A series as its authors work at it. Once it is published, an item of the same id stands for it.
create table drip (
  id uuid primary key,
  -- Where it is published: its readers.
  space_id uuid not null references space on delete cascade,
  begun_by uuid not null references person on delete cascade,
  -- The form it was begun with: the same one twice begins one series.
  submission uuid,
  title text not null,
  about text not null default '',
  version integer not null default 1,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  unique (begun_by, submission)
);

create table drip_author (
  drip_id uuid not null references drip on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (drip_id, person_id)
);
create index drip_author_person on drip_author (person_id);

create table drip_tip (
  id uuid primary key,
  drip_id uuid not null references drip on delete cascade,
  submission uuid,
  position integer not null,
  kind text not null check (kind in ('tip', 'term', 'technique', 'fact', 'figure')),
  title text not null default '',
  body text not null default '',
  -- `body` as it is shown.
  html text not null default '',
  version integer not null default 1,
  written_by uuid not null references person on delete cascade,
  -- Null while only its authors see it.
  published_at timestamptz,
  -- Taken out after somebody may have got it: nobody gets it any more.
  withdrawn_at timestamptz,
  unique (drip_id, submission)
);
create index drip_tip_order on drip_tip (drip_id, position);

-- What a published tip said in each of its versions; it never changes.
create table drip_tip_version (
  tip_id uuid not null references drip_tip on delete cascade,
  version integer not null,
  kind text not null,
  title text not null,
  body text not null,
  editor_id uuid not null references person on delete cascade,
  created_at timestamptz not null default now(),
  primary key (tip_id, version)
);

-- Who got which tip, in whatever way: their progress, and whom a correction reaches.
create table drip_receipt (
  tip_id uuid not null references drip_tip on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- The newest version they got.
  version integer not null,
  -- How they got it first.
  via text not null check (via in ('page', 'mail', 'feed', 'chat')),
  at timestamptz not null default now(),
  -- When they looked at it on its page, or said that they know it.
  done_at timestamptz,
  primary key (tip_id, person_id)
);
create index drip_receipt_person on drip_receipt (person_id, at desc);
