-- What somebody can show when they have passed. It is theirs: nobody else lists or reads it.

create table proof (
  id uuid primary key,
  -- Its place in the list of what was withdrawn.
  number bigint generated always as identity unique,
  attempt_id uuid not null references check_attempt on delete cascade,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- As they were called when it was given.
  person_name text not null,
  title text not null,
  -- What the questions were about.
  objectives text[] not null default '{}',
  passed_at timestamptz not null,
  valid_until timestamptz,
  -- When a judgement was overturned; it stays withdrawn, another pass gives another proof.
  withdrawn_at timestamptz,
  -- The secret of the address that its owner gives out, sealed; null while there is none.
  link_secret text
);
create unique index proof_attempt on proof (attempt_id) where withdrawn_at is null;
create index proof_person on proof (person_id, passed_at desc);
create index proof_item on proof (item_id);
create index proof_withdrawn on proof (number) where withdrawn_at is not null;

-- The keys that proofs are signed with: the private half is sealed.
create table proof_key (
  id uuid primary key,
  kind text not null check (kind in ('RS256', 'EdDSA')),
  public_jwk jsonb not null,
  sealed text not null,
  created_at timestamptz not null default now(),
  -- A retired key still proves what it has signed.
  retired_at timestamptz
);
create unique index proof_key_now on proof_key (kind) where retired_at is null;
