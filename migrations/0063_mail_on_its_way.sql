-- A mail is sent between two transactions: the first notes what it holds and that it is on its way, the second that it went.
alter table notification add column mail_batch uuid;
-- Whose mail to this person is on its way, and until when that is believed without a sign of life.
alter table notification_settings add column sending uuid;
alter table notification_settings add column sending_until timestamptz;
