-- What the actions on items and questions need beyond the core.

-- A form carries an id made when it was shown: sent twice, it is carried out once.
create table submission (
  person_id uuid not null references person on delete cascade,
  id uuid not null,
  item_id uuid references item on delete cascade,
  created_at timestamptz not null default now(),
  primary key (person_id, id)
);

-- How a flag was settled: the text was looked at and still holds, or it was brought up to date.
alter table flag add column settled_as text check (settled_as in ('still_right', 'updated'));
create index flag_item_open on flag (item_id) where settled_at is null;

-- Since when the people told last have had the chance to answer.
alter table question add column climb_since timestamptz not null default now();
create index question_duplicate_of on question (duplicate_of) where duplicate_of is not null;

-- Who was asked by name, by a colleague or by climbing (then without asker). Once a question.
create table question_ask (
  question_id uuid not null references question (item_id) on delete cascade,
  person_id uuid not null references person on delete cascade,
  asked_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  primary key (question_id, person_id)
);
create index question_ask_person on question_ask (person_id, created_at desc);
