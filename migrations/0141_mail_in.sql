-- Where an answer to a mail goes: whoever writes to this address from their own says something about this item.
create table reply_address (
  token text primary key,
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  until timestamptz not null,
  unique (person_id, item_id)
);
create index reply_address_item on reply_address (item_id);

-- Mail as it came, kept until it is dealt with.
create table mail_raw (
  id uuid primary key,
  raw bytea not null
);

-- What came to one of our addresses, and what became of it.
create table mail_in (
  id uuid primary key,
  raw_id uuid references mail_raw on delete set null,
  came_at timestamptz not null default now(),
  via text not null check (via in ('smtp', 'lmtp', 'imap')),
  -- Who handed it over: address of the machine, its name, and the sender of the envelope.
  envelope jsonb not null,
  recipient text not null,
  message_id text not null,
  sender text not null default '',
  subject text not null default '',
  bytes integer not null,
  -- 'taken' became an item, 'noted' a bounce or a complaint.
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'noted', 'refused')),
  -- Why it was refused, or what was noted.
  why text not null default '',
  person_id uuid references person on delete set null,
  item_id uuid references item on delete set null,
  done_at timestamptz,
  -- A mail that is handed over again is the same mail.
  unique (message_id, recipient)
);
create index mail_in_came on mail_in (came_at desc);
create index mail_in_person on mail_in (person_id);
create index mail_in_item on mail_in (item_id);
create index mail_in_raw on mail_in (raw_id) where raw_id is not null;
