-- Areas: scopes that several people share. Who shares one looks after the people of its spaces, as far as
-- they may read them; it never opens a space to anybody.

create table area (
  id uuid primary key,
  name text not null check (btrim(name) <> ''),
  purpose text not null default '',
  version integer not null default 1,
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now()
);
create unique index area_name on area (lower(name));
create index area_by on area (created_by);

create table area_space (
  area_id uuid not null references area on delete cascade,
  space_id uuid not null references space on delete cascade,
  primary key (area_id, space_id)
);
create index area_space_space on area_space (space_id);

-- An offer to share it, until the person accepts; whoever declined or left is not asked again for a while.
create table area_person (
  area_id uuid not null references area on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- What they take on: from the short list, and in words of their own.
  duties text[] not null default '{}',
  own_words text not null default '',
  offered_by uuid references person on delete set null,
  offered_at timestamptz not null default now(),
  accepted_at timestamptz,
  declined_at timestamptz,
  primary key (area_id, person_id),
  check (accepted_at is null or declined_at is null),
  check (cardinality(duties) > 0 or btrim(own_words) <> '')
);
create index area_person_person on area_person (person_id);
create index area_person_offered_by on area_person (offered_by);
