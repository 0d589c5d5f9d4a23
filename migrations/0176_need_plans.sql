-- What can be done about a need, beyond courses: a catalogue that people add to, and the plan of one need.

-- Options that people added; those that come with Trellis stand in its code.
create table need_option (
  id uuid primary key,
  label text not null,
  -- When it helps.
  fits text not null,
  -- What to do outside of Trellis, where it cannot be begun here.
  outside text not null default '',
  -- What it begins with here; null where it cannot be begun here.
  starter text,
  causes text[] not null,
  hours_make double precision not null check (hours_make between 0 and 1e6),
  days integer not null check (days between 0 and 3650),
  added_by uuid not null references person on delete cascade,
  added_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  check (starter is not null or btrim(outside) <> '')
);
create index need_option_by on need_option (added_by);

-- The plan of a need: there is none without a baseline, which is captured first.
create table need_plan (
  need_id uuid primary key references need on delete cascade,
  owner_id uuid not null references person,
  hypothesis text not null,
  -- A figure that is kept here; or what it is called, with where the baseline was read.
  metric_id uuid references item on delete set null,
  figure text not null,
  baseline double precision not null,
  baseline_on date not null,
  baseline_source text not null check (btrim(baseline_source) <> ''),
  target double precision not null,
  review_on date,
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  budget double precision not null default 0 check (budget between 0 and 1e12),
  -- What is saved in a year if it works, and where that goes.
  saves double precision not null default 0 check (saves between 0 and 1e12),
  funds_id uuid references need on delete set null,
  funds_note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  check (funds_id <> need_id),
  check (baseline_on <= review_on)
);
create index need_plan_owner on need_plan (owner_id);
create index need_plan_metric on need_plan (metric_id);
create index need_plan_funds on need_plan (funds_id);

-- What is done, by whom and until when.
create table need_step (
  id uuid primary key,
  need_id uuid not null references need_plan on delete cascade,
  -- The name of an option that comes with Trellis, or the id of one that somebody added.
  option text not null,
  title text not null,
  owner_id uuid not null references person,
  by_on date not null,
  -- What was made of it: an item, or the draft of one.
  made_id uuid,
  made_kind text,
  done_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  check ((made_id is null) = (made_kind is null))
);
create index need_step_need on need_step (need_id);
create index need_step_owner on need_step (owner_id) where done_at is null;

-- What was seen on the day of review. It never changes.
create table need_review (
  id uuid primary key,
  need_id uuid not null references need_plan on delete cascade,
  seen_on date not null,
  value double precision not null,
  verdict text not null check (verdict in ('met', 'not_met', 'cannot_tell')),
  says text not null,
  reviewed_by uuid not null references person,
  created_at timestamptz not null default now()
);
create index need_review_need on need_review (need_id);
