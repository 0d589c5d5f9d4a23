-- What those who look after a space asked of people: to write something down, to be a second for a topic, to improve a page.
create table community_call (
	id uuid primary key,
	space_id uuid not null references space on delete cascade,
	kind text not null check (kind in ('write', 'second', 'improve')),
	-- A tag; of a page to be improved, its id.
	topic text not null,
	by_id uuid not null references person on delete cascade,
	created_at timestamptz not null default now()
);
create index community_call_topic on community_call (space_id, topic, kind, created_at desc);
create index community_call_by on community_call (by_id);

-- Who was asked. Nobody is told who they are; who says yes is named to those who look after the space.
create table community_called (
	call_id uuid not null references community_call on delete cascade,
	person_id uuid not null references person on delete cascade,
	answer text check (answer in ('yes', 'no')),
	answered_at timestamptz,
	primary key (call_id, person_id)
);
create index community_called_person on community_called (person_id);

-- Spaces whose waiting newcomers somebody does not want to see on Home, until when; empty: for good.
create table community_hush (
	person_id uuid not null references person on delete cascade,
	space_id uuid not null references space on delete cascade,
	until timestamptz,
	primary key (person_id, space_id)
);

-- What was useful in a space, and what was read there, without looking at all of it.
create index item_useful on item (space_id, created_at) where helped_count > 0;
create index signal_read_in on signal (space_id, at) include (item_id, actor_id) where verb = 'read';
