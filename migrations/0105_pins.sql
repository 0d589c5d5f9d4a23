-- What the stewards of a space want to be seen first.
create table space_pin (
  space_id uuid not null references space on delete cascade,
  item_id uuid not null references item on delete cascade,
  pinned_by uuid not null references person,
  created_at timestamptz not null default now(),
  primary key (space_id, item_id)
);
-- What helped lately.
create index helped_recent on helped (created_at);
