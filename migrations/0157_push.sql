-- Web push: devices that are told, each as its person wants it.

-- By which browsers' push services know this Trellis (VAPID); made at the first start.
create table push_keys (
  one boolean primary key default true check (one),
  public_key text not null,
  private_key text not null,
  created_at timestamptz not null default now()
);

create table push_device (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- Who signs out is told there no more; null for one that came over the API.
  session_id uuid references session on delete cascade,
  endpoint text not null unique,
  -- What only this device reads is encrypted with these.
  p256dh text not null,
  auth text not null,
  name text not null,
  snoozed_until timestamptz,
  -- When what can wait is told next.
  digest_at timestamptz not null,
  busy_until timestamptz,
  failures integer not null default 0,
  retry_at timestamptz,
  pushed_at timestamptz,
  created_at timestamptz not null default now()
);
create index push_device_person on push_device (person_id);
create index push_device_session on push_device (session_id) where session_id is not null;

-- What a device has been told of.
create table push_told (
  device_id uuid not null references push_device on delete cascade,
  notification_id uuid not null references notification on delete cascade,
  primary key (device_id, notification_id)
);
create index push_told_notification on push_told (notification_id);

-- How a kind may ring on devices; as by mail where its person never said.
alter table notification_preference add column push text check (push in ('now', 'digest', 'never'));
