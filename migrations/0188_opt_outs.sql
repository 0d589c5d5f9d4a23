-- Each time somebody wants less: rows are only added, and are theirs alone. Two or more say what holds now.
create table opt_out (
  id bigint generated always as identity primary key,
  person_id uuid not null references person on delete cascade,
  about text not null check (about in ('kind', 'item', 'all', 'follow', 'series', 'tip', 'chat', 'device', 'list', 'check', 'prompts')),
  -- A kind's name, an id, or for what is followed its sort and id.
  target text not null,
  -- On which ways: page, mail, push.
  ways text[] not null,
  -- When it ends by itself.
  until timestamptz,
  -- Taken back: they want it again.
  is_over boolean not null default false,
  -- While it is written, nothing to them is on its way: see withSettings.
  at timestamptz not null default clock_timestamp()
);
create index opt_out_person on opt_out (person_id, about, target);
create function opt_out_stays() returns trigger language plpgsql as $$ begin raise exception 'an opt-out is never changed'; end $$;
create trigger opt_out_stays before update on opt_out for each row execute function opt_out_stays();

-- What the mail server took, of the mails nobody waits for: for 90 days, to prove that nothing follows an opt-out.
create table mail_sent (
  message_id text not null,
  person_id uuid not null references person on delete cascade,
  purpose text not null,
  at timestamptz not null default clock_timestamp()
);
create index mail_sent_person on mail_sent (person_id);

-- When a device was told; before this was noted, nobody knows.
alter table push_told add column at timestamptz;
alter table push_told alter column at set default clock_timestamp();

-- Devices are taken to be told only while nobody changes what their person wants: whoever has one has settings.
insert into notification_settings (person_id) select distinct person_id from push_device on conflict do nothing;
