-- Roll-outs: something comes to place after place, in an order that is drawn so that anybody can check it.

create table rollout (
  item_id uuid primary key references item on delete cascade,
  -- What the figures of all places have in common.
  unit text not null,
  better text not null check (better in ('more', 'less')),
  every text not null check (every in ('day', 'week', 'month', 'quarter')),
  -- The first day on which it comes to a place, how many times it does, and how many periods lie between.
  starts_on date not null,
  steps integer not null check (steps between 2 and 40),
  step_periods integer not null check (step_periods between 1 and 366),
  -- How many periods before count.
  base_periods integer not null check (base_periods between 1 and 366),
  -- SHA-256 of the seed, shown from the first moment.
  seed_hash text not null,
  -- What was drawn: the seed, and each figure with its step and its definition then. It never changes.
  drawn jsonb,
  drawn_at timestamptz,
  drawn_by uuid references person on delete set null,
  check ((drawn is null) = (drawn_at is null))
);
create index rollout_drawn_by on rollout (drawn_by);

-- Seeds by themselves: nothing but the draw reads them.
create table rollout_seed (
  rollout_id uuid primary key references rollout on delete cascade,
  seed text not null
);

-- Its places, each by the figure that is kept of it.
create table rollout_place (
  rollout_id uuid not null references rollout on delete cascade,
  metric_id uuid not null references metric on delete cascade,
  primary key (rollout_id, metric_id)
);
create index rollout_place_metric on rollout_place (metric_id);

-- Where what was done differs from what was drawn. The last line of a place counts.
create table rollout_departure (
  id uuid primary key,
  rollout_id uuid not null references rollout on delete cascade,
  metric_id uuid not null references metric on delete cascade,
  -- From when on they really had it; null where they never did.
  began_on date,
  why text not null,
  person_id uuid references person on delete set null,
  created_at timestamptz not null default now()
);
create index rollout_departure_rollout on rollout_departure (rollout_id, id);
create index rollout_departure_metric on rollout_departure (metric_id);
create index rollout_departure_person on rollout_departure (person_id);
