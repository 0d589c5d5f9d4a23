-- Checks: questions stand in banks, are drawn for attempts, and never change under an attempt.

create table question_bank (
  id uuid primary key,
  space_id uuid not null references space on delete cascade,
  title text not null,
  created_by uuid not null references person,
  created_at timestamptz not null default now()
);
create index question_bank_space on question_bank (space_id);

-- What somebody can do who answers its questions right: "Takes back goods without a receipt".
create table objective (
  id uuid primary key,
  bank_id uuid not null references question_bank on delete cascade,
  title text not null,
  position integer not null default 0
);
create index objective_bank on objective (bank_id, position);

create table bank_question (
  id uuid primary key,
  bank_id uuid not null references question_bank on delete cascade,
  -- Without an objective it is kept but never drawn.
  objective_id uuid references objective on delete set null,
  version integer not null default 1,
  state text not null default 'ready' check (state in ('draft', 'ready', 'retired')),
  -- Where an imported question came from: {"source": "...", "id": "..."}.
  provenance jsonb,
  created_by uuid not null references person,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index bank_question_bank on bank_question (bank_id, id);
create index bank_question_objective on bank_question (objective_id) where state = 'ready';
create unique index bank_question_origin on bank_question (bank_id, (provenance ->> 'source'), (provenance ->> 'id'))
  where provenance is not null;

-- Each version as it was asked: an edit makes a new one, a past attempt keeps its own.
create table bank_question_version (
  question_id uuid not null references bank_question on delete cascade,
  version integer not null,
  content jsonb not null,
  edited_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  primary key (question_id, version)
);

-- What is special to a check; title, introduction and tags stand in its item.
create table check_item (
  item_id uuid primary key references item on delete cascade,
  bank_id uuid not null references question_bank on delete cascade,
  -- What answering takes; nothing asked of a worker is longer than a quarter of an hour.
  minutes smallint not null check (minutes between 1 and 15),
  -- What working through the content would take: given back to everybody who passes without it.
  content_minutes smallint not null default 0 check (content_minutes between 0 and 600),
  pass_percent smallint not null default 80 check (pass_percent between 1 and 100),
  -- Only where the job itself has a clock: seconds, and what the clock is at work.
  job_seconds integer check (job_seconds between 5 and 900),
  job_clock text check ((job_clock is null) = (job_seconds is null)),
  -- The support: a person, a thread, an FAQ, each or none.
  expert_id uuid references person on delete set null,
  thread_id uuid references item on delete set null,
  faq_id uuid references item on delete set null
);
create index check_item_bank on check_item (bank_id);

-- How many questions of an objective one attempt draws; the bank may be shared by several checks.
create table check_draw (
  item_id uuid not null references item on delete cascade,
  objective_id uuid not null references objective on delete cascade,
  draws smallint not null check (draws between 1 and 20),
  position integer not null default 0,
  primary key (item_id, objective_id)
);
create index check_draw_objective on check_draw (objective_id);

-- The content, in the order in which its author names it; nobody has to keep to it.
create table check_content (
  item_id uuid not null references item on delete cascade,
  content_id uuid not null references item on delete cascade,
  position integer not null default 0,
  primary key (item_id, content_id)
);
create index check_content_of on check_content (content_id);

-- One try of one person: theirs alone.
create table check_attempt (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  number integer not null,
  -- The rules of grading and the bar that held when it began.
  grader smallint not null,
  pass_percent smallint not null,
  -- Grows with each save, so that a second tab cannot overwrite the first unseen.
  revision integer not null default 0,
  state text not null default 'open' check (state in ('open', 'in_review', 'passed', 'failed')),
  points real,
  most real,
  started_at timestamptz not null default now(),
  submitted_at timestamptz,
  settled_at timestamptz,
  unique (item_id, person_id, number)
);
create unique index check_attempt_open on check_attempt (item_id, person_id) where state = 'open';
create index check_attempt_person on check_attempt (person_id, item_id, settled_at desc);
create index check_attempt_item on check_attempt (item_id, settled_at) where state in ('passed', 'failed');

-- The questions that were drawn for it, as they were then, and what was answered.
create table attempt_question (
  attempt_id uuid not null references check_attempt on delete cascade,
  question_id uuid not null references bank_question on delete cascade,
  version integer not null,
  position smallint not null,
  -- Decides the order in which options are shown.
  seed integer not null,
  answer jsonb,
  answered_at timestamptz,
  -- Between 0 and most, null until graded.
  points real,
  most real not null default 1,
  primary key (attempt_id, question_id)
);
create index attempt_question_of on attempt_question (question_id, version);
