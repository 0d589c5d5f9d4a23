-- Two statements, put to everybody once a quarter on Home. What is kept is how many chose what: no answer of anybody
-- is kept by itself.
create table autonomy_pulse (
  -- 2030-Q1
  quarter text primary key,
  -- While it runs, for each statement how many chose each of five; empty once it is closed. Nobody reads it.
  tally jsonb not null default '{}',
  closed_at timestamptz,
  -- What may be known, found once, when it closed; null where fewer than five answered.
  result jsonb,
  check (closed_at is null or tally = '{}')
);
-- Who has answered, or left it out: asked once. It knows no answer and no time, and is written anew in an order drawn
-- by lot with each answer.
create table autonomy_pulse_person (
  quarter text not null references autonomy_pulse on delete cascade,
  person_id uuid not null references person on delete cascade,
  answered boolean not null,
  primary key (quarter, person_id)
);
create index autonomy_pulse_person_of on autonomy_pulse_person (person_id);
-- Who does not want to be asked for a while; infinity: never.
create table autonomy_pulse_rest (
  person_id uuid primary key references person on delete cascade,
  until timestamptz not null
);
