-- Passages that somebody marked in what they keep: by their words and what stands around them, so that they are found
-- again when the text has changed a little.
create table kept_highlight (
  id uuid primary key,
  kept_id uuid not null references kept on delete cascade,
  exact text not null,
  prefix text not null default '',
  suffix text not null default '',
  -- Where it began in the text, counted in characters with all white space as one.
  place integer not null,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create index kept_highlight_of on kept_highlight (kept_id);
