-- A mail lies here for a second or two: to pack and unpack it costs more than the room it takes meanwhile.
alter table mail_outbox alter column message set storage external;
