-- What those who look after a space, or share an area, want to come of it; and the practice they choose to show.

create table community_plan (
  id uuid primary key,
  space_id uuid unique references space on delete cascade,
  area_id uuid unique references area on delete cascade,
  purpose text not null,
  version integer not null default 1,
  written_by uuid references person on delete set null,
  written_at timestamptz not null default now(),
  check (num_nonnulls(space_id, area_id) = 1)
);
create index community_plan_by on community_plan (written_by);

create table community_aim (
  id uuid primary key,
  plan_id uuid not null references community_plan on delete cascade,
  title text not null,
  -- What one would see at work if it is reached.
  seen text not null check (btrim(seen) <> ''),
  -- A figure that is kept here, with what it was when it was chosen.
  metric_id uuid references item on delete set null,
  baseline double precision,
  baseline_on date,
  target double precision,
  review_on date,
  state text not null default 'open' check (state in ('open', 'met', 'not_met', 'dropped')),
  version integer not null default 1,
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  check (metric_id is null or (baseline is not null and baseline_on is not null and target is not null))
);
create index community_aim_plan on community_aim (plan_id);
create index community_aim_metric on community_aim (metric_id);
create index community_aim_by on community_aim (created_by);
create index community_aim_review on community_aim (review_on) where state = 'open';

-- What was learnt on a day of review. It never changes.
create table community_review (
  id uuid primary key,
  aim_id uuid not null references community_aim on delete cascade,
  seen_on date not null,
  value double precision,
  state text not null check (state in ('open', 'met', 'not_met', 'dropped')),
  learnt text not null,
  reviewed_by uuid references person on delete set null,
  created_at timestamptz not null default now()
);
create index community_review_aim on community_review (aim_id);
create index community_review_by on community_review (reviewed_by);

-- Who does not want to be reminded of a review on their home page.
create table community_aim_quiet (
  aim_id uuid not null references community_aim on delete cascade,
  person_id uuid not null references person on delete cascade,
  review_on date not null,
  primary key (aim_id, person_id)
);
create index community_aim_quiet_person on community_aim_quiet (person_id);

-- Who shows their practice in a space: by their own choice, until they take it back.
create table practice (
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person on delete cascade,
  since timestamptz not null default now(),
  primary key (space_id, person_id)
);
create index practice_person on practice (person_id);

create table practice_note (
  id uuid primary key,
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person on delete cascade,
  text text not null check (btrim(text) <> ''),
  tried_on date not null,
  -- Of the text: the same one of a day stands once.
  key text not null,
  created_at timestamptz not null default now(),
  unique (space_id, person_id, tried_on, key)
);
create index practice_note_person on practice_note (person_id);

-- Whom somebody asked to show their practice, and when: not again for a while, whatever they said.
create table practice_invite (
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person on delete cascade,
  invited_by uuid references person on delete set null,
  invited_at timestamptz not null default now(),
  declined_at timestamptz,
  primary key (space_id, person_id)
);
create index practice_invite_person on practice_invite (person_id);
create index practice_invite_by on practice_invite (invited_by);
