-- Two names that are one thing are merged, with a trail and a way back; pages count how often they are opened.

-- What it counts as; null while it stands for itself.
alter table ranked_tool add column merged_into uuid references ranked_tool on delete set null;
create index ranked_tool_merged on ranked_tool (merged_into) where merged_into is not null;

-- Who merged what and why, and who took it back. A line is never removed.
create table ranked_merge (
  id uuid primary key,
  series_id uuid not null references ranking on delete cascade,
  tool_id uuid not null references ranked_tool on delete cascade,
  into_id uuid not null references ranked_tool on delete cascade,
  why text not null,
  merged_by uuid references person on delete set null,
  merged_at timestamptz not null default now(),
  undone_by uuid references person on delete set null,
  undone_at timestamptz
);
create unique index ranked_merge_open on ranked_merge (tool_id) where undone_at is null;
create index ranked_merge_into on ranked_merge (into_id);
create index ranked_merge_series on ranked_merge (series_id);

-- How often a page of a ranking or a tool was opened on a day, by anybody: it knows no person.
create table ranking_opened (
  page_id uuid not null,
  day date not null default current_date,
  times integer not null default 1,
  primary key (page_id, day)
);
