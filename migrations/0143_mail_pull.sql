-- How the last visit to the mailbox that mail is fetched from went.
create table mail_pull (
  one boolean primary key default true check (one),
  at timestamptz not null,
  -- Empty where all went well.
  trouble text not null,
  ok_at timestamptz
);
