-- Attempts: the clock of the job, what a pass gives back, what a person judged, and what was asked about a check.

alter table check_attempt
  -- The clock that held when it began; answers after it are kept and told apart.
  add column job_seconds integer,
  -- Minutes of content that nobody had to spend: it was passed without opening any.
  add column given_back smallint not null default 0,
  add column test_out boolean not null default false;
alter table attempt_question add column late boolean not null default false;

-- What the reviewer of something that was shown made of it: the place of the chosen level by criterion.
create table attempt_review (
  attempt_id uuid not null,
  question_id uuid not null,
  reviewer_id uuid not null references person on delete cascade,
  levels jsonb not null,
  note text not null,
  reviewed_at timestamptz not null default now(),
  primary key (attempt_id, question_id),
  foreign key (attempt_id, question_id) references attempt_question on delete cascade
);

-- Which check, question and part of the content somebody asked about: read from the link in what they asked.
create table check_help (
  asked_id uuid not null references item on delete cascade,
  check_id uuid not null references item on delete cascade,
  question_id uuid references bank_question on delete set null,
  content_id uuid references item on delete cascade,
  fragment text not null default '',
  primary key (asked_id, check_id)
);
create index check_help_check on check_help (check_id);
create index check_help_content on check_help (content_id);
