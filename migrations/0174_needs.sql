-- A problem at work, and what stands behind it: worked out before anything is asked of anybody.

-- The item's title says the problem in one line; its text, what happens.
create table need (
  item_id uuid primary key references item on delete cascade,
  -- Whose work it is, and what should happen instead.
  who text not null,
  wanted text not null,
  -- Which figure of the work shows it; empty while nobody knows.
  figure text not null default '',
  -- What the problem costs. How many do the work; how often it happens in a month, and what each time takes.
  people integer check (people between 1 and 1000000),
  times_month double precision check (times_month between 0 and 1e9),
  minutes_each double precision check (minutes_each between 0 and 1e6),
  -- Money: for an hour of the people's time, and what else is lost in a month.
  hour_cost double precision check (hour_cost between 0 and 1e9),
  other_month double precision check (other_month between 0 and 1e12),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  -- Why there is no quick fix, where there is none.
  no_quick text not null default '',
  costs_version integer not null default 1
);

-- Who works it out beside whoever stated it: mostly the manager and a learning adviser.
create table need_editor (
  need_id uuid not null references need on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (need_id, person_id)
);
create index need_editor_person on need_editor (person_id);

-- The six causes, each looked at by itself, so that two people write side by side.
create table need_cause (
  need_id uuid not null references need on delete cascade,
  cause text not null check (cause in ('expectations', 'tools', 'incentives', 'knowledge', 'capacity', 'motives')),
  answer text not null check (answer in ('yes', 'partly', 'no', 'unknown')),
  -- What shows it: a cause is never assumed.
  shows text not null default '',
  version integer not null default 1,
  written_by uuid not null references person,
  primary key (need_id, cause),
  constraint need_cause_is_shown check (answer not in ('yes', 'partly') or btrim(shows) <> '')
);

-- What could be done about a cause, with what it costs and how long it takes: no path goes without.
create table need_path (
  id uuid primary key,
  need_id uuid not null references need on delete cascade,
  cause text not null check (cause in ('expectations', 'tools', 'incentives', 'knowledge', 'capacity', 'motives')),
  title text not null,
  about text not null default '',
  -- Done within days, without asking anybody for money.
  quick boolean not null default false,
  money_once double precision not null check (money_once between 0 and 1e12),
  money_month double precision not null check (money_month between 0 and 1e12),
  -- Hours of work to make it, and minutes that it takes each of those who do the work.
  hours_make double precision not null check (hours_make between 0 and 1e6),
  minutes_each double precision not null check (minutes_each between 0 and 1e6),
  -- Days until it works, and how much of the problem it takes away, in per cent.
  days integer not null check (days between 0 and 3650),
  share integer not null check (share between 1 and 100),
  chosen boolean not null default false,
  version integer not null default 1
);
create index need_path_need on need_path (need_id);

-- What the analysis came to, word for word; it never changes. Its id is what a check asked of people refers to.
create table need_conclusion (
  id uuid primary key,
  need_id uuid not null references need on delete cascade,
  number integer not null,
  decision text not null check (decision in ('act', 'leave')),
  -- Whether a lack of knowledge or skill is among the causes that were found.
  lacks_knowledge boolean not null,
  content jsonb not null,
  concluded_by uuid not null references person,
  concluded_at timestamptz not null default now(),
  unique (need_id, number),
  unique (id, lacks_knowledge)
);
