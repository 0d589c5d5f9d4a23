-- What notifications need to be grouped, mailed once, paused and answered from a mail.

-- The item at the top, whose page shows it all: what notifications are grouped and muted by.
alter table notification add column page_id uuid references item on delete cascade;
-- As the person wanted it when it was made; off in the page, it is for mail only.
alter table notification add column in_page boolean not null default true;
-- Whether a mail may still tell of it; what the person wants is looked up again when it is sent.
alter table notification add column to_mail boolean not null default false;

drop index notification_unread;
create index notification_unread on notification (person_id, created_at desc) where read_at is null and in_page;
create index notification_to_mail on notification (person_id) where to_mail and mailed_at is null and read_at is null;
create index notification_old on notification (read_at) where read_at is not null;

create table notification_settings (
  person_id uuid primary key references person on delete cascade,
  paused_until timestamptz,
  -- Signs the links in this person's mails, which work signed out.
  mail_key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
  -- When the next digest is due; null while nothing waits for one.
  digest_at timestamptz
);

-- When a person last looked at an item: what is new to them since.
create table seen (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  at timestamptz not null default now(),
  primary key (person_id, item_id)
);
