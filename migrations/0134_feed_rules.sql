-- What a reader, or the stewards of a space, want done with entries that hold certain words.

create table feed_rule (
  id uuid primary key,
  person_id uuid references person on delete cascade,
  space_id uuid references space on delete cascade,
  -- Any of them is enough.
  words text[] not null check (cardinality(words) between 1 and 20),
  place text not null check (place in ('anywhere', 'title')),
  deed text not null check (deed in ('hide', 'read', 'top', 'tag')),
  tag text not null default '',
  -- A hash of all that: the same rule stands once.
  key text not null unique,
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  check ((person_id is null) <> (space_id is null)),
  check ((deed = 'tag') = (tag <> ''))
);
create index feed_rule_person on feed_rule (person_id) where person_id is not null;
create index feed_rule_space on feed_rule (space_id) where space_id is not null;
create index feed_rule_created_by on feed_rule (created_by);

-- What each has found: looked for when an entry comes or changes, and when a rule does.
create table feed_hit (
  own_id uuid not null references feed_entry on delete cascade,
  rule_id uuid not null references feed_rule on delete cascade,
  primary key (own_id, rule_id)
);
create index feed_hit_rule on feed_hit (rule_id);

-- A member for whom a rule of their space does nothing.
create table feed_rule_off (
  rule_id uuid not null references feed_rule on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (rule_id, person_id)
);
create index feed_rule_off_person on feed_rule_off (person_id);

-- What a rule has marked as read and its reader wants to keep as new stands here as not read.
alter table feed_read add column is_read boolean not null default true;
