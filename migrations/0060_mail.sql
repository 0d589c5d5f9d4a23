-- Mail that will never arrive: refused for good by the server, or given up after many attempts.
create table mail_failure (
  id uuid primary key,
  -- Null where the address belongs to nobody here (an invitation).
  person_id uuid references person on delete cascade,
  address text not null,
  -- What the mail was about: 'sign-in', 'invitation', 'notification' …
  purpose text not null,
  reason text not null,
  at timestamptz not null default now()
);
create index mail_failure_at on mail_failure (at desc);
