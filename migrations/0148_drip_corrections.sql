-- A wrong tip is put right for exactly those who got it.
create table drip_correction (
  id uuid primary key,
  tip_id uuid not null references drip_tip on delete cascade,
  -- The version that is right, and the first that was wrong.
  version integer not null,
  since integer not null,
  note text not null,
  by_id uuid not null references person on delete cascade,
  created_at timestamptz not null default now(),
  unique (tip_id, version)
);

-- Who had got a wrong version, in whatever way, when it was put right.
create table drip_correction_reader (
  correction_id uuid not null references drip_correction on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- Their chat was asked to say it.
  chat_at timestamptz,
  primary key (correction_id, person_id)
);

-- While somebody is in the middle of it, nothing else of its authors is sent to them.
alter table drip add column alone boolean not null default false;
