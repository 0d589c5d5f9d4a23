-- Feed readers on phones, by the protocol they all know: it names entries by numbers.
alter table feed_entry add column number bigint generated always as identity;
create unique index feed_entry_number on feed_entry (number);

-- A token that reads feeds in a reader, and opens nothing else.
alter table personal_token
  drop constraint personal_token_scopes_check,
  add constraint personal_token_scopes_check check (scopes <@ array['read', 'write', 'admin', 'reader']);
