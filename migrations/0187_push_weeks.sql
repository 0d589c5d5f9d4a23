-- What was sent in each week that has ended, by whose choice it reached people: only counts, kept for good. Weeks begin
-- on Monday, UTC. Whoever reads them sees nothing of fewer than five people.
create table push_week (
  week date not null,
  -- Null: all of the organisation.
  space_id uuid references space on delete cascade,
  pushes integer not null,
  own integer not null,
  receivers integer not null,
  unique nulls not distinct (week, space_id)
);
-- The organisation's, by kind and choice.
create table push_week_kind (
  week date not null,
  kind text not null,
  choice text not null check (choice in ('self', 'person', 'organisation', 'default')),
  pushes integer not null,
  receivers integer not null,
  primary key (week, kind, choice)
);
-- Notifications stand in the order in which they were made.
create index notification_made on notification using brin (created_at);
