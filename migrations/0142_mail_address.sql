-- Addresses that mails go to: where what comes back from them is sent, and whether they still take any.
create table mail_address (
  address text primary key,
  -- The sender of the envelope: bounce+token@…
  token text not null unique,
  -- Mails that came back for the moment, and since when they are counted.
  soft smallint not null default 0,
  soft_since timestamptz,
  -- Nothing more is sent that nobody waits for.
  stopped_at timestamptz,
  why text not null default ''
);
create index mail_address_stopped on mail_address (stopped_at) where stopped_at is not null;
