-- Large files: uploads that come in parts, and how much may be kept.

alter table file alter column bytes type bigint;

-- An upload under way. Its bytes lie in the incoming folder of the machine that takes them,
-- under its id; how many there are is how far it has come.
create table upload (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  name text not null,
  bytes bigint not null check (bytes > 0),
  -- The request that writes now, and until when it is taken to be alive.
  held_by uuid,
  held_until timestamptz not null default now(),
  -- What became of it.
  file_id uuid references file on delete cascade,
  created_at timestamptz not null default now()
);
create index upload_person on upload (person_id, created_at desc);
create index upload_file on upload (file_id) where file_id is not null;

-- How much may be kept: a single row. Null is no limit but the disk's.
create table file_limit (
  id boolean primary key default true check (id),
  file_bytes bigint not null default 4 * 1024 ^ 3 check (file_bytes between 1024 ^ 2 and 5 * 1024 ^ 3),
  person_bytes bigint default 50 * 1024 ^ 3 check (person_bytes > 0),
  all_bytes bigint check (all_bytes > 0)
);
insert into file_limit default values;
