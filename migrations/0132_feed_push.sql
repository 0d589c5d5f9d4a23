-- Feeds that tell of news by themselves (WebSub).

-- The address a feed gives as its own: what its hub knows it by.
alter table feed add column topic_url text not null default '';

create table feed_push (
  -- Stands in the address that the hub calls.
  id uuid primary key,
  feed_id uuid references feed on delete set null,
  hub text not null,
  topic text not null,
  -- What signs each push, sealed.
  secret text not null,
  -- asked: the hub has not asked back yet; ending: nobody reads the feed from this hub any more.
  state text not null default 'asked' check (state in ('asked', 'on', 'refused', 'ending')),
  asked_at timestamptz,
  failures integer not null default 0,
  lease_seconds integer not null default 0,
  lease_until timestamptz,
  pushed_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index feed_push_feed on feed_push (feed_id) where state <> 'ending';
create index feed_push_of on feed_push (feed_id);
