-- A check is asked of people only with a reason: a law or rule, or an analysis of what work lacks.

create function quality_told(quality jsonb) returns boolean immutable language sql as
  $$ select coalesce((quality ->> 'met')::boolean or quality ->> 'why' <> '', false) $$;

create table asking (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  -- What the law or rule says in its own words or in short, and where it stands.
  legal_text text,
  legal_source text,
  -- Whether the law wants to know who has passed: then those responsible see who has not yet.
  legal_names boolean not null default false,
  analysis_id uuid,
  -- One of both: a day for all, or so many days after somebody was asked or joined.
  due_on date,
  due_days smallint check (due_days between 1 and 365),
  -- After so many months it is to be passed again; null where once is enough.
  renew_months smallint check (renew_months between 1 and 120),
  -- In the flow of work, continuous, immediate, social, autonomous: each is met, or it says why not.
  qualities jsonb not null,
  audience text not null check (audience in ('people', 'space', 'everybody')),
  space_id uuid references space on delete cascade,
  asked_by uuid not null references person,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint asking_has_a_reason check (
    (coalesce(btrim(legal_text), '') <> '' and coalesce(btrim(legal_source), '') <> '') or analysis_id is not null),
  constraint asking_has_a_date check (num_nonnulls(due_on, due_days) = 1),
  constraint asking_has_its_space check ((audience = 'space') = (space_id is not null)),
  constraint asking_tells_its_qualities check (
    quality_told(qualities -> 'flow') and quality_told(qualities -> 'continuous') and quality_told(qualities -> 'immediate')
    and quality_told(qualities -> 'social') and quality_told(qualities -> 'autonomous'))
);
create index asking_item on asking (item_id) where ended_at is null;
create index asking_space on asking (space_id) where ended_at is null;
create index asking_everybody on asking (id) where ended_at is null and audience = 'everybody';

-- Whom it is asked of, where they are named one by one.
create table asking_person (
  asking_id uuid not null references asking on delete cascade,
  person_id uuid not null references person on delete cascade,
  asked_at timestamptz not null default now(),
  primary key (asking_id, person_id)
);
create index asking_person_of on asking_person (person_id);

-- When somebody was last reminded of a check, and until when they want to hear nothing of it.
create table asking_told (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  told_at timestamptz,
  quiet_until timestamptz,
  primary key (person_id, item_id)
);
create index asking_told_item on asking_told (item_id);
