-- Prompts: a question to all, with a rule for entries, a last day, and prizes that are drawn so that anybody can check it.

create table prompt (
  item_id uuid primary key references item on delete cascade,
  -- What an entry must say.
  rule text not null,
  -- The last day for entries, and the day on which winners are announced.
  closes_on date not null,
  announces_on date,
  -- One each for so many winners; none is fine.
  prizes text[] not null default '{}',
  -- SHA-256 of the seed, shown from the first moment.
  seed_hash text not null,
  -- What was drawn: the seed, all entries that took part in order of their ids, and who won what. It never changes.
  drawn jsonb,
  drawn_at timestamptz,
  check (announces_on is null or announces_on > closes_on),
  check (cardinality(prizes) = 0 or announces_on is not null)
);
create index prompt_due on prompt (announces_on) where drawn is null;

-- Seeds by themselves: nothing but the draw reads them.
create table prompt_seed (
  prompt_id uuid primary key references prompt on delete cascade,
  seed text not null
);

create table prompt_entry (
  id uuid primary key,
  prompt_id uuid not null references prompt on delete cascade,
  person_id uuid not null references person on delete cascade,
  answer text not null,
  why text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Why it does not take part, for all to read.
  aside text,
  unique (prompt_id, person_id)
);
create index prompt_entry_person on prompt_entry (person_id);
