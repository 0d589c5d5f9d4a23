-- Asking those who do the work, evidence, and what an analysis entitles to.

-- Six statements, one for each cause, put to the members of the need's space. What is kept is how many chose what:
-- no answer of anybody is kept by itself.
create table need_pulse (
  id uuid primary key,
  need_id uuid not null references need on delete cascade,
  opened_by uuid not null references person,
  -- How many were asked when it was opened: never fewer than five.
  asked integer not null check (asked >= 5),
  closes_on date not null,
  closed_at timestamptz,
  -- While it is open, for each cause how many said yes and no; empty once it is closed. Nobody reads it.
  tally jsonb not null default '{}',
  -- What may be known, found once, when it closed; null where fewer than five answered.
  result jsonb,
  check (closed_at is null or tally = '{}')
);
create unique index need_pulse_open on need_pulse (need_id) where closed_at is null;
create index need_pulse_need on need_pulse (need_id);

-- Who has answered, or does not want to: asked once. It knows no answer and no time, and is written anew in an order
-- drawn by lot with each answer.
create table need_pulse_person (
  pulse_id uuid not null references need_pulse on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- Whether they answered; who was spared is not counted.
  answered boolean not null,
  primary key (pulse_id, person_id)
);
create index need_pulse_person_of on need_pulse_person (person_id);

-- What shows it: something here, or a page elsewhere.
create table need_evidence (
  id uuid primary key,
  need_id uuid not null references need on delete cascade,
  cause text check (cause in ('expectations', 'tools', 'incentives', 'knowledge', 'capacity', 'motives')),
  says text not null,
  item_id uuid references item on delete cascade,
  url text,
  added_by uuid not null references person,
  added_at timestamptz not null default now(),
  check (num_nonnulls(item_id, url) <= 1)
);
create index need_evidence_need on need_evidence (need_id);
create index need_evidence_item on need_evidence (item_id) where item_id is not null;

-- A check may be asked of people because of an analysis only where that recorded a lack of knowledge or skill.
delete from asking where analysis_id is not null;
alter table asking add column analysis_lacks boolean generated always as (case when analysis_id is not null then true end) stored;
alter table asking add constraint asking_analysis_lacks_knowledge
  foreign key (analysis_id, analysis_lacks) references need_conclusion (id, lacks_knowledge) on delete cascade;
alter table asking add constraint asking_names_only_by_law check (not legal_names or coalesce(btrim(legal_text), '') <> '');
create index asking_analysis on asking (analysis_id) where analysis_id is not null;
