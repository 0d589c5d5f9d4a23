-- Questions on their way into a bank: read by the worker, so that a page never waits for them.

create table question_import (
  id uuid primary key,
  bank_id uuid not null references question_bank on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- The file as it was given: its name, and its content in the store until it has been read.
  name text not null,
  sha256 text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  format text,
  report jsonb,
  -- Why nothing of it could be read.
  failure text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index question_import_bank on question_import (bank_id, id desc);
create index question_import_content on question_import (sha256) where state = 'waiting';
