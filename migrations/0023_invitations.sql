-- The link in a mail proves the address, the one shown to whoever invites does not: two secrets.
alter table invitation add column mail_token_hash text unique;
-- Whether somebody without an account may make one by it. Stewards bring colleagues into their space only.
alter table invitation add column admits boolean not null default true;
create index invitation_space on invitation (space_id) where space_id is not null;
