-- What a person keeps of their own work: goals, evidence and reflections. Nobody reads it but them, until they share a copy.
create table work_goal (
	id uuid primary key,
	person_id uuid not null references person on delete cascade,
	title text not null,
	why text not null default '',
	-- Which figure or sign would show that it is reached.
	sign text not null default '',
	reach_by date,
	state text not null default 'open' check (state in ('open', 'reached', 'dropped')),
	ended_on date,
	created_at timestamptz not null default now(),
	check ((state = 'open') = (ended_on is null))
);
create unique index work_goal_once on work_goal (person_id, lower(title)) where state = 'open';
create index work_goal_person on work_goal (person_id, created_at);

create table work_note (
	id uuid primary key,
	person_id uuid not null references person on delete cascade,
	kind text not null check (kind in ('evidence', 'reflection')),
	goal_id uuid references work_goal on delete set null,
	text text not null,
	address text not null default '',
	-- What was done when this was asked, for what answers a prompt.
	about text not null default '',
	happened_on date not null,
	-- The same text of the same day stands once.
	key text not null,
	created_at timestamptz not null default now(),
	unique (person_id, key)
);
create index work_note_person on work_note (person_id, happened_on desc);
create index work_note_goal on work_note (goal_id) where goal_id is not null;

-- A copy of a year as it was when its owner gave it to somebody; it ends when they say so.
create table work_share (
	id uuid primary key,
	person_id uuid not null references person on delete cascade,
	reader_id uuid not null references person on delete cascade,
	year int not null,
	content jsonb not null,
	created_at timestamptz not null default now(),
	unique (person_id, reader_id, year),
	check (person_id <> reader_id)
);
create index work_share_reader on work_share (reader_id);
