-- Following a series: when a tip comes, and on which ways.

-- When the next tip of somebody's rhythm comes: at their minute of the day, in their time zone, on the `every`th of
-- their days after a moment. Their days are the working days, or those of them that they chose; of chosen days that
-- they do not work on, as many working days.
create function drip_next(zone text, work_days smallint[], work_start smallint, days smallint[], every smallint,
  minute smallint, after timestamptz) returns timestamptz language sql stable as $$
  select (d.day + make_interval(mins => coalesce(minute, work_start))) at time zone zone
  from (select case
      when cardinality(work_days) = 0 then case when cardinality(days) = 0 then '{1,2,3,4,5,6,7}'::smallint[] else days end
      when cardinality(days) = 0 then work_days
      when days && work_days then array(select unnest(days) intersect select unnest(work_days))
      else work_days[1:cardinality(days)] end as mine) own,
    lateral (select (after at time zone zone)::date + n as day from generate_series(0, 160) n) d
  where extract(isodow from d.day)::smallint = any(own.mine)
    and (d.day + make_interval(mins => coalesce(minute, work_start))) at time zone zone > after
  order by d.day offset every - 1 limit 1
$$;

create table drip_follow (
  drip_id uuid not null references drip on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- ISO days that were chosen; none: every working day.
  days smallint[] not null default '{}',
  -- On every so many of those days.
  every smallint not null default 1 check (every between 1 and 20),
  -- The minute of the day; the beginning of the person's work where it is null.
  minute smallint check (minute between 0 and 1439),
  by_mail boolean not null default true,
  by_feed boolean not null default false,
  by_chat boolean not null default false,
  paused_until timestamptz,
  -- Null: they have got all there is.
  next_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (drip_id, person_id)
);
create index drip_follow_due on drip_follow (next_at) where next_at is not null;
create index drip_follow_person on drip_follow (person_id);

-- Where somebody's chat takes tips; the address is a secret and sealed.
create table drip_chat (
  person_id uuid primary key references person on delete cascade,
  address text not null,
  -- Why it stopped taking them; empty while it does.
  problem text not null default '',
  created_at timestamptz not null default now()
);

-- They said that they know it.
alter table drip_receipt add column known boolean not null default false;
