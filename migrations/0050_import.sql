-- How far each file of an import has come: written in the transaction of what was imported,
-- so an import that dies goes on exactly where it was.
create table import_checkpoint (
  source text not null,
  file text not null,
  file_bytes bigint not null,
  byte_offset bigint not null,
  line bigint not null,
  finished boolean not null default false,
  -- What the report says of this file so far.
  report jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (source, file)
);

-- Answers that were read before their question, until the end of the file.
create table import_pending (
  source text not null,
  ref text not null,
  parent_ref text not null,
  line bigint not null,
  content jsonb not null,
  primary key (source, ref)
);
create index import_pending_parent on import_pending (source, parent_ref);
