-- The Guide of a series of rankings: an entry a tool, written by many, and editions that never change.

create table guide (
  series_id uuid primary key references ranking on delete cascade,
  -- Whose members read and write it; what is in the sample stands in the ranking's own space.
  space_id uuid not null references space on delete cascade
);

-- An edition as it was issued: what stood in the Guide, and the PDF that was made of it.
create table guide_edition (
  id uuid primary key,
  series_id uuid not null references guide on delete cascade,
  number integer not null,
  name text not null,
  -- The release of the list that it belongs to.
  ranking_id uuid not null references ranking on delete cascade,
  list_hash text not null,
  hash text not null,
  content jsonb not null,
  issued_by uuid references person on delete set null,
  issued_at timestamptz not null default now(),
  -- Null until the job has made it.
  pdf bytea,
  pdf_hash text,
  pages integer,
  failed boolean not null default false,
  unique (series_id, number)
);

-- Who may read the Guide from a day to a day, where its space is not theirs anyway.
create table guide_access (
  id uuid primary key,
  series_id uuid not null references guide on delete cascade,
  person_id uuid not null references person on delete cascade,
  from_on date not null default current_date,
  until_on date not null,
  granted_by uuid references person on delete set null,
  -- Whether it brought them into the space, which they leave when it ends.
  brought_in boolean not null,
  ended_at timestamptz,
  check (until_on >= from_on)
);
create index guide_access_person on guide_access (person_id);
create index guide_access_due on guide_access (until_on) where ended_at is null;
create index guide_access_series on guide_access (series_id);
