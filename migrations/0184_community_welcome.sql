-- Who was welcomed to a space, by whom and with which words: once, however many would like to.
create table community_welcome (
	space_id uuid not null references space on delete cascade,
	person_id uuid not null references person on delete cascade,
	by_id uuid not null references person on delete cascade,
	line text not null,
	created_at timestamptz not null default now(),
	primary key (space_id, person_id)
);
create index community_welcome_person on community_welcome (person_id);
create index community_welcome_by on community_welcome (by_id);
