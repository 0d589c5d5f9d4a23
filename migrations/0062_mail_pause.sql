-- A mail server that will not take a person's mail now is asked again after growing pauses.
alter table notification_settings add column mail_tries smallint not null default 0;
alter table notification_settings add column mail_after timestamptz;
