-- Work that was closed elsewhere asks its person, half a minute, what they would tell the next one.
create table work_hook (
	id uuid primary key,
	-- Whose closed work it tells of; empty: everybody's, found by their e-mail address.
	person_id uuid references person on delete cascade,
	name text not null,
	sender text not null check (sender in ('plain', 'github', 'gitlab', 'jira')),
	-- What the person is called there: only work of that name counts. Empty: all that is sent.
	account text not null default '',
	-- Sealed: signatures are checked with it.
	secret text not null,
	created_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	heard_at timestamptz,
	-- What became of the last call, for whoever sets it up.
	heard text not null default ''
);
create index work_hook_person on work_hook (person_id);

-- A prompt that was answered, put away or forgotten keeps nothing but its key, so that the same work does not ask again.
create table work_prompt (
	id uuid primary key,
	person_id uuid not null references person on delete cascade,
	hook_id uuid not null references work_hook on delete cascade,
	key text not null,
	title text not null,
	address text not null default '',
	state text not null default 'open' check (state in ('open', 'answered', 'away', 'forgotten')),
	arrived_at timestamptz not null default now(),
	unique (hook_id, person_id, key),
	check (state = 'open' or (title = '' and address = ''))
);
create index work_prompt_person on work_prompt (person_id, arrived_at);

-- How many a week one lets come: two, until one says otherwise.
create table work_pace (
	person_id uuid primary key references person on delete cascade,
	a_week int not null default 2 check (a_week between 0 and 7),
	paused_until date
);
