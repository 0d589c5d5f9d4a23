-- Items put together: one by one in an order, or by a rule that is looked up on every read.
create table collection (
  item_id uuid primary key references item on delete cascade,
  chosen text not null check (chosen in ('hand', 'rule')),
  rule_kinds text[] not null default '{}',
  rule_tags text[] not null default '{}',
  rule_space_id uuid references space,
  rule_helped integer not null default 0
);
create table collection_entry (
  collection_id uuid not null references collection on delete cascade,
  item_id uuid not null references item on delete cascade,
  position integer not null,
  -- Why it is here, in a line.
  note text not null default '',
  primary key (collection_id, item_id)
);
create index collection_entry_item on collection_entry (item_id);
