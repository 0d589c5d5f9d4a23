-- How long the asker waited in their own working hours, and for which useful answer that was reckoned.
alter table question add column worked_minutes integer, add column worked_for timestamptz;
create index question_to_reckon on question (item_id) where useful_at is distinct from worked_for;

-- What the stewards of a space promise to whoever asks in it.
create table answer_promise (
  space_id uuid primary key references space on delete cascade,
  -- Of a hundred questions, so many get a useful answer …
  share smallint not null check (share in (50, 90)),
  -- … within so many of the asker's working hours.
  hours smallint not null check (hours between 1 and 40),
  made_by uuid references person on delete set null,
  made_at timestamptz not null default now()
);
