-- How much each caller of the API has used of their allowance, over all web processes: the
-- moment at which it will be whole again. Unlogged: after a crash everybody begins anew.
create unlogged table api_use (
	caller uuid primary key,
	full_at timestamptz not null
);
