-- Rankings: once a year people name what serves them, say why, and vote on one ballot each.

create table ranking (
  item_id uuid primary key references item on delete cascade,
  -- The ranking that the series began with: its own id for the first.
  series_id uuid not null references ranking on delete cascade,
  year integer not null check (year between 1900 and 9999),
  status text not null default 'nominating' check (status in ('nominating', 'voting', 'closed')),
  -- So many choices a ballot may hold.
  most integer not null default 5 check (most between 1 and 10),
  -- So many places the result shows.
  places integer not null default 100 check (places between 3 and 200),
  -- The last day of the vote.
  closes_on date,
  unique (series_id, year)
);

-- What is ranked, over all years of a series. Ballots name it by its number.
create table ranked_tool (
  id uuid primary key,
  series_id uuid not null references ranking on delete cascade,
  number integer not null,
  name text not null,
  unique (series_id, number)
);

-- How it is called, in a form that all spellings have in common: each name leads to one.
create table ranked_name (
  series_id uuid not null references ranking on delete cascade,
  key text not null,
  name text not null,
  tool_id uuid not null references ranked_tool on delete cascade,
  primary key (series_id, key)
);
create index ranked_name_tool on ranked_name (tool_id);

-- Who proposes it, why, and where it serves them.
create table nomination (
  id uuid primary key,
  ranking_id uuid not null references ranking on delete cascade,
  tool_id uuid not null references ranked_tool on delete cascade,
  person_id uuid not null references person on delete cascade,
  why text not null,
  context text not null check (context in ('own_work', 'learning', 'teaching', 'together')),
  created_at timestamptz not null default now(),
  unique (ranking_id, tool_id, person_id)
);
create index nomination_tool on nomination (tool_id);
create index nomination_person on nomination (person_id);

-- Who has voted. It knows no ballot and no time; the key lets nobody vote twice.
create table ranking_voter (
  ranking_id uuid not null references ranking on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (ranking_id, person_id)
);
create index ranking_voter_person on ranking_voter (person_id);

-- All ballots of a ranking in one text, a line each: "3,17,2". The lines stand in the order of
-- their letters and are written anew with each ballot, so that neither their places nor a
-- transaction's number says when one came or whose it is.
create table ranking_box (
  ranking_id uuid primary key references ranking on delete cascade,
  ballots text not null default ''
);

-- A result as it was released, word for word; it never changes. Its hash is its name.
create table ranking_release (
  ranking_id uuid not null references ranking on delete cascade,
  number integer not null,
  hash text not null,
  content jsonb not null,
  released_by uuid not null references person on delete cascade,
  released_at timestamptz not null default now(),
  primary key (ranking_id, number),
  unique (ranking_id, hash)
);
