-- Signing in. Secrets are stored as hashes only.

create table password (
  person_id uuid primary key references person on delete cascade,
  -- argon2id$memory$passes$parallelism$salt$hash, see passwords.ts
  hash text not null,
  changed_at timestamptz not null default now()
);

create table session (
  id uuid primary key,
  token_hash text not null unique,
  person_id uuid not null references person on delete cascade,
  user_agent text not null default '',
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_person on session (person_id, last_seen_at desc);

-- Sent by mail, used once: to sign in, to set a new password, to confirm an address.
create table one_time_token (
  token_hash text primary key,
  purpose text not null check (purpose in ('sign_in', 'reset_password', 'change_email', 'sign_up')),
  person_id uuid references person on delete cascade,
  email text,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table passkey (
  -- The credential id, base64url.
  id text primary key,
  person_id uuid not null references person on delete cascade,
  name text not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkey_person on passkey (person_id);

create table second_factor (
  person_id uuid primary key references person on delete cascade,
  -- Base32, as authenticator apps read it.
  secret text not null,
  -- The last time step accepted: a code works once.
  last_step bigint not null default 0,
  confirmed_at timestamptz
);

create table backup_code (
  person_id uuid not null references person on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

-- Attempts per account and per address, shared by all processes.
create table throttle (
  key text primary key,
  attempts integer not null,
  window_ends_at timestamptz not null
);
