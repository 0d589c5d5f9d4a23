-- Who does not want to be counted in "2 or more colleagues kept this".
create table kept_uncounted (
  person_id uuid primary key references person on delete cascade,
  since timestamptz not null default now()
);
