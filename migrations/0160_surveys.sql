-- Surveys: asked in a space, answered by name or so that nobody can be found in them.

create table survey (
  item_id uuid primary key references item on delete cascade,
  status text not null default 'preparing' check (status in ('preparing', 'open', 'closed')),
  -- Fixed by the first answer.
  anonymous boolean not null,
  -- No figure counts fewer people; it may only be raised.
  min_cell integer not null default 5 check (min_cell >= 5),
  -- So many new answers come into the results together.
  release_every integer not null default 20 check (release_every >= 4 * min_cell),
  language text not null default 'en',
  version integer not null default 1,
  closes_on date,
  -- The hash of the open link's secret; null where only people with an account answer.
  link_hash text unique,
  -- The year or the round, and the survey it was first asked as.
  edition text not null default '',
  first_id uuid references survey on delete set null,
  -- Counts of answers whose tables cannot be shown yet; nobody reads it.
  held jsonb not null default '{}'
);
create index survey_edition on survey (first_id);

-- What was asked, word for word: a version never changes.
create table survey_version (
  survey_id uuid not null references survey on delete cascade,
  version integer not null,
  content jsonb not null,
  primary key (survey_id, version)
);

-- An answer. Of an anonymous survey: its id is random, it has no time and no person, and
-- what waits is written anew in another order with each answer, so that neither its place
-- nor its transaction says when it came.
create table survey_answer (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  version integer not null,
  -- Only of a survey that is not anonymous.
  person_id uuid references person on delete cascade,
  answers jsonb not null,
  -- The release it came into; null while it waits.
  release integer
);
create index survey_answer_waiting on survey_answer (survey_id) where release is null;
create unique index survey_answer_person on survey_answer (survey_id, person_id);

-- Who has answered: one answer a person. It knows no answer and no time.
create table survey_participant (
  survey_id uuid not null references survey on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- Whether those who answered after it have been mixed with it.
  settled boolean not null default false,
  primary key (survey_id, person_id)
);
create index survey_participant_person on survey_participant (person_id);

-- What somebody has begun, known by a secret that only they hold.
create table survey_draft (
  token_hash text primary key,
  survey_id uuid not null references survey on delete cascade,
  answers jsonb not null
);
create index survey_draft_survey on survey_draft (survey_id);

-- What came into the results together: counts that were each found safe to show.
create table survey_release (
  survey_id uuid not null references survey on delete cascade,
  number integer not null,
  answers integer not null,
  figures jsonb not null,
  released_on date not null default current_date,
  primary key (survey_id, number)
);

-- Texts that a person has read and released, apart from all else that was answered.
create table survey_said (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  question text not null,
  text text not null
);
create index survey_said_survey on survey_said (survey_id, question);
