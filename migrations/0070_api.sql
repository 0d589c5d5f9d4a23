-- The JSON API: personal tokens, and writes that may be repeated safely.

create table personal_token (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  name text not null,
  -- SHA-256 of the token; the token itself is shown once and never stored.
  token_hash text not null unique,
  scopes text[] not null check (scopes <@ array['read', 'write', 'admin']),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index personal_token_person on personal_token (person_id, created_at desc);

-- Written in the transaction of the change: a repeated request gets the first answer again.
create table idempotency (
  person_id uuid not null references person on delete cascade,
  key text not null,
  -- SHA-256 of method, address and body: the same key for something else is a mistake.
  request_hash text not null,
  status smallint,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (person_id, key)
);
create index idempotency_age on idempotency (created_at);
