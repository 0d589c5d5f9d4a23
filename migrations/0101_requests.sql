-- "Who can show me …?" What was shown is linked to it: item_link, relation 'answers'.
create table request (
  item_id uuid primary key references item on delete cascade,
  -- When whoever asked said that something showed it.
  answered_at timestamptz
);
create index request_open on request (item_id) where answered_at is null;
