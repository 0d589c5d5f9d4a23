-- A version that puts an error right, told to those who used a wrong one.
create table correction (
  item_id uuid not null references item on delete cascade,
  version integer not null,
  -- The first version with the error.
  since integer not null check (since < version),
  note text not null,
  by_id uuid not null references person,
  created_at timestamptz not null default now(),
  primary key (item_id, version)
);
