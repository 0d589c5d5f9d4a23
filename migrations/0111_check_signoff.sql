-- Somebody responsible says that a check asks for what the job asks for: of these questions, as they were then.
create table check_signoff (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  signed_by uuid not null references person,
  note text not null default '',
  -- What was signed: what is drawn, and each question with its version.
  signed jsonb not null,
  signed_at timestamptz not null default now()
);
create index check_signoff_item on check_signoff (item_id, signed_at desc);
