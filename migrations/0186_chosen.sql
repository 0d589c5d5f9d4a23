-- By whose choice a notification reached its person: see src/core/notify/choice.ts. Null: from before it was noted.
alter table notification add column choice text check (choice in ('self', 'person', 'organisation', 'default'));
