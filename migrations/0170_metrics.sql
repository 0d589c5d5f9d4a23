-- Figures of the work: a series of values over time, as an item in a space.

create table metric (
  item_id uuid primary key references item on delete cascade,
  unit text not null,
  better text not null check (better in ('more', 'less')),
  every text not null check (every in ('day', 'week', 'month', 'quarter')),
  -- What is done in the work, or only how busy people are with learning.
  counts text not null default 'work' check (counts in ('work', 'activity')),
  -- How many people's work it adds up: no figure is about one person.
  people integer not null check (people >= 5),
  owner_id uuid not null references person on delete cascade,
  -- What it can be at all.
  least double precision,
  most double precision,
  zone text not null default 'UTC',
  check (least is null or most is null or least < most)
);
create index metric_owner on metric (owner_id);

-- A value of a period, known by its first day.
create table metric_point (
  metric_id uuid not null references metric on delete cascade,
  day date not null,
  value double precision not null check (value between -1e15 and 1e15),
  -- It came in with others.
  intake_id uuid not null,
  primary key (metric_id, day)
);

-- What came in together, and how.
create table metric_intake (
  id uuid primary key,
  metric_id uuid not null references metric on delete cascade,
  way text not null check (way in ('typed', 'file', 'api', 'webhook', 'pull')),
  -- The file's name, or where it was pulled from.
  source text not null default '',
  person_id uuid references person on delete set null,
  taken integer not null,
  -- Values that took the place of others.
  replaced integer not null,
  -- Lines that said what was there already.
  repeated integer not null,
  aside integer not null,
  created_at timestamptz not null default now()
);
create index metric_intake_metric on metric_intake (metric_id, id);
create index metric_intake_person on metric_intake (person_id);

-- Lines that were not taken in, as they came, and why; and values that were replaced.
create table metric_aside (
  id uuid primary key,
  metric_id uuid not null references metric on delete cascade,
  intake_id uuid not null references metric_intake on delete cascade,
  line integer not null,
  given_day text not null,
  given_value text not null,
  why text not null,
  -- Where it could be taken in all the same.
  day date,
  value double precision,
  created_at timestamptz not null default now()
);
create index metric_aside_metric on metric_aside (metric_id, id);
create index metric_aside_intake on metric_aside (intake_id);

-- What was done, and when: marked in the plot, and what effects are reckoned from.
create table metric_mark (
  id uuid primary key,
  metric_id uuid not null references metric on delete cascade,
  day date not null,
  label text not null,
  -- What it is about, where that is here.
  about_id uuid references item on delete set null,
  person_id uuid references person on delete set null,
  created_at timestamptz not null default now()
);
create index metric_mark_metric on metric_mark (metric_id, day);
create index metric_mark_about on metric_mark (about_id);
create index metric_mark_person on metric_mark (person_id);
