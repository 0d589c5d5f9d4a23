-- Imports that people begin in the browser or by the API; a worker carries them out.
create table import_run (
  id uuid primary key,
  kind text not null check (kind in ('folder', 'bookstack', 'confluence', 'package')),
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person,
  -- What was uploaded; it may go when the import has ended.
  file_id uuid references file on delete set null,
  file_name text not null,
  -- What it is said to come from; empty: the name it has itself.
  name text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  done integer not null default 0,
  total integer not null default 0,
  report text not null default '',
  -- The check that a package became.
  made_id uuid references item on delete set null,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index import_run_space on import_run (space_id, created_at desc);
create index import_run_file on import_run (file_id);
create index import_run_person on import_run (person_id);
create index import_run_made on import_run (made_id);
