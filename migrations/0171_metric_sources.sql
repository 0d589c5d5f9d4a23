-- Where values come from by themselves: sent by another program, or pulled from one.

create table metric_source (
  id uuid primary key,
  metric_id uuid not null references metric on delete cascade,
  kind text not null check (kind in ('webhook', 'http', 'postgres')),
  -- The secret of a webhook, the token of an address, the address of a database with its password.
  sealed text not null,
  settings jsonb not null default '{}',
  -- Pulls: how often, and when next.
  every_hours integer check (every_hours between 1 and 744),
  due_at timestamptz,
  -- How it went last.
  last_at timestamptz,
  last_ok boolean,
  last_words text not null default '',
  person_id uuid references person on delete set null,
  created_at timestamptz not null default now(),
  check ((kind = 'webhook') = (every_hours is null))
);
create index metric_source_metric on metric_source (metric_id);
create index metric_source_due on metric_source (due_at) where due_at is not null;
create index metric_source_person on metric_source (person_id);

-- What a webhook has delivered, so that nothing comes twice.
create table metric_delivery (
  source_id uuid not null references metric_source on delete cascade,
  delivery text not null,
  came_at timestamptz not null default now(),
  primary key (source_id, delivery)
);
create index metric_delivery_came on metric_delivery (came_at);
