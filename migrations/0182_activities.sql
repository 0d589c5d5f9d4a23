-- The programme of a space: activities, face to face, online, or over several weeks.

create table activity (
  item_id uuid primary key references item on delete cascade,
  way text not null check (way in ('place', 'online', 'weeks')),
  place text not null default '',
  link text not null default '',
  -- Whom it may interest, in words: nobody is put on a list.
  for_whom text not null default '',
  runner_id uuid references person on delete set null,
  -- As clocks and calendars show it there; without hours over several weeks.
  begins_on date not null,
  begins_at time,
  ends_on date not null,
  ends_at time,
  zone text not null,
  -- The same as moments; over several weeks the end is the midnight after the last day.
  begins timestamptz not null,
  ends timestamptz not null,
  -- How often its time was changed: calendars ask for it (RFC 5545, SEQUENCE).
  moves integer not null default 0,
  -- What it is for: a problem at work, or a figure of the work.
  need_id uuid references item on delete set null,
  metric_id uuid references item on delete set null,
  -- When it was marked in the figure, or that was tried.
  marked_at timestamptz,
  -- What is left of it afterwards.
  recording text not null default '',
  ask_id uuid references person on delete set null,
  check (begins < ends),
  check ((way = 'weeks') = (begins_at is null)),
  check ((begins_at is null) = (ends_at is null))
);
create index activity_begins on activity (begins, item_id);
create index activity_runner on activity (runner_id);
create index activity_ask on activity (ask_id);
create index activity_need on activity (need_id);
create index activity_metric on activity (metric_id);

-- Who wants to be reminded of one, and how long before: off unless they say so.
create table activity_reminder (
  item_id uuid not null references activity on delete cascade,
  person_id uuid not null references person on delete cascade,
  ahead text not null check (ahead in ('hour', 'day')),
  sent_at timestamptz,
  primary key (item_id, person_id)
);
create index activity_reminder_person on activity_reminder (person_id);
create index activity_reminder_unsent on activity_reminder (item_id) where sent_at is null;
