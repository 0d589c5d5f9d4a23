-- Mails that wait for the mail server; one that it took, or refused for good, is gone from here.
create table mail_outbox (
  id uuid primary key default gen_random_uuid(),
  -- The part of the Message-ID before the @: a mail that is queued again is the same mail.
  message_id text not null unique,
  -- Null where the address belongs to nobody here yet (an invitation).
  person_id uuid references person on delete cascade,
  purpose text not null,
  -- 0: somebody sits and waits for it (a sign-in link). 1: all others.
  rank smallint not null,
  message json not null,
  -- After this it is of no use.
  until timestamptz,
  due_at timestamptz not null default now(),
  tries smallint not null default 0,
  -- Who hands it over, and until when that is believed without a sign of life.
  taken_by uuid,
  taken_until timestamptz
);
create index mail_outbox_due on mail_outbox (rank, due_at);
create index mail_outbox_person on mail_outbox (person_id) where person_id is not null;
create index mail_outbox_taken on mail_outbox (taken_by) where taken_by is not null;

-- The outbox tells which mail is on its way to whom.
alter table notification_settings drop column sending, drop column sending_until;
create index notification_batch on notification (mail_batch) where mail_batch is not null;
