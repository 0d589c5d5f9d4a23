-- Days on which somebody is away; why is nobody's business and is not asked.
create table person_leave (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- Both included, as the calendar of the person's time zone has them. No two of a person's leaves touch.
  from_day date not null,
  until_day date not null,
  -- A line that colleagues see, in the person's own words; empty for none.
  word text not null default '',
  created_at timestamptz not null default now(),
  check (from_day <= until_day),
  unique (person_id, from_day)
);
