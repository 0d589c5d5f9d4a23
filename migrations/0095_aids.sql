-- Job aids: what is special to them; title, text, tags and versions stand in item and revision.

create table aid (
  item_id uuid primary key references item on delete cascade,
  type text not null check (type in ('checklist', 'steps', 'decision', 'flow', 'reference', 'template', 'infographic', 'screencast')),
  -- Who keeps it right; at first its author.
  owner_id uuid not null references person,
  -- Until when somebody has said that it holds.
  verify_by date,
  verified_at timestamptz,
  verified_by uuid references person on delete set null,
  reminded_at timestamptz,
  -- Kinds of work it is for, in the words of the house: cashier, night shift.
  roles text[] not null default '{}',
  -- What took its place when it was retired (then its item is archived).
  successor_id uuid references item on delete set null
);
create index aid_verify on aid (verify_by) where verify_by is not null;
create index aid_roles on aid using gin (roles);
create index aid_successor on aid (successor_id) where successor_id is not null;

-- The content of each version of the item, and how it is shown (rendered once, like an item's text).
create table aid_version (
  item_id uuid not null references item on delete cascade,
  version integer not null,
  content jsonb not null,
  shown jsonb not null,
  primary key (item_id, version)
);

-- Pages of other applications an aid belongs to. Host and beginning of the path are looked up
-- by the index, whatever the number of patterns; the rest is compared.
create table aid_pattern (
  item_id uuid not null references item on delete cascade,
  pattern text not null,
  host text collate "C" not null,
  subdomains boolean not null,
  prefix text collate "C" not null,
  path_like text not null,
  -- Whether query and fragment are part of what is compared.
  whole boolean not null,
  primary key (item_id, pattern)
);
create index aid_pattern_place on aid_pattern (host, prefix);

-- Who ran which aid how far: their own business; others see numbers from five people on.
create table aid_run (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  version integer not null,
  furthest smallint not null default 0,
  stuck_at smallint,
  finished boolean not null default false,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index aid_run_item on aid_run (item_id, started_at);
create index aid_run_person on aid_run (person_id, item_id);
