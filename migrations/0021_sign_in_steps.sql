-- What a half-finished sign-in waits for: the second factor, or the answer to a passkey's challenge.
alter table one_time_token drop constraint one_time_token_purpose_check;
alter table one_time_token add constraint one_time_token_purpose_check check (
  purpose in ('sign_in', 'reset_password', 'change_email', 'sign_up', 'second_factor', 'passkey')
);
alter table one_time_token add column data text not null default '';
create index one_time_token_expires on one_time_token (expires_at);
