-- What every capability stands on: people, spaces, items, signals, notifications.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- One organisation an installation: a single row.
create table organisation (
  id boolean primary key default true check (id),
  name text not null,
  -- People with an address of these domains may sign up by themselves.
  open_domains text[] not null default '{}',
  language text not null default 'en',
  created_at timestamptz not null default now()
);

create table person (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  headline text not null default '',
  ask_me_about text[] not null default '{}',
  time_zone text not null default 'UTC',
  language text not null default 'en',
  -- Minutes after midnight in the person's own time zone; ISO days, Monday is 1.
  work_start smallint not null default 540 check (work_start between 0 and 1439),
  work_end smallint not null default 1020 check (work_end between 1 and 1440),
  work_days smallint[] not null default '{1,2,3,4,5}',
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (work_start < work_end)
);
create index person_ask_me_about on person using gin (ask_me_about);
create index person_name_trgm on person using gin (name gin_trgm_ops);

-- Roles in the organisation beyond being a member; several people may share one.
create table org_role (
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('admin', 'community_manager', 'learning_adviser', 'people_manager')),
  granted_by uuid references person on delete set null,
  granted_at timestamptz not null default now(),
  primary key (person_id, role)
);

create table space (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  purpose text not null default '',
  kind text not null check (kind in ('organisation', 'team', 'community', 'interest')),
  -- open: all read, anyone joins; closed: found, not read, joined on request; secret: by invitation.
  access text not null check (access in ('open', 'closed', 'secret')),
  allow_anonymous boolean not null default false,
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);
create unique index space_one_organisation on space (kind) where kind = 'organisation';

create table space_member (
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person on delete cascade,
  role text not null default 'member' check (role in ('member', 'steward')),
  joined_at timestamptz not null default now(),
  primary key (space_id, person_id)
);
create index space_member_person on space_member (person_id);

create table space_request (
  space_id uuid not null references space on delete cascade,
  person_id uuid not null references person on delete cascade,
  message text not null default '',
  created_at timestamptz not null default now(),
  primary key (space_id, person_id)
);

-- By link (no address) or by e-mail; into the organisation, or also into a space.
create table invitation (
  id uuid primary key,
  token_hash text not null unique,
  email text check (email = lower(email)),
  space_id uuid references space on delete cascade,
  invited_by uuid not null references person on delete cascade,
  max_uses integer not null default 1 check (max_uses > 0),
  uses integer not null default 0,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);

-- Everything people share. What is special to a kind stands in a table of its capability.
create table item (
  id uuid primary key,
  kind text not null,
  space_id uuid not null references space on delete cascade,
  author_id uuid not null references person,
  -- Shown without author to everybody but the author.
  anonymous boolean not null default false,
  parent_id uuid references item on delete cascade,
  title text not null default '',
  body_md text not null default '',
  body_html text not null default '',
  state text not null default 'open' check (state in ('open', 'archived', 'removed')),
  tags text[] not null default '{}',
  version integer not null default 1,
  helped_count integer not null default 0,
  helped_minutes integer not null default 0,
  -- Where an imported item came from: {"source": "...", "id": "..."} and what else the source tells.
  provenance jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Last edit, answer or comment beneath: what makes it new again.
  active_at timestamptz not null default now()
);
create index item_parent on item (parent_id, created_at) where parent_id is not null;
create index item_space_active on item (space_id, active_at desc) where parent_id is null;
create index item_author on item (author_id, created_at desc);
create index item_tags on item using gin (tags);
create unique index item_provenance on item ((provenance ->> 'source'), (provenance ->> 'id')) where provenance is not null;

create table revision (
  item_id uuid not null references item on delete cascade,
  version integer not null,
  title text not null,
  body_md text not null,
  tags text[] not null,
  editor_id uuid not null references person,
  note text not null default '',
  created_at timestamptz not null default now(),
  primary key (item_id, version)
);

create table item_link (
  from_id uuid not null references item on delete cascade,
  to_id uuid not null references item on delete cascade,
  relation text not null check (relation in ('answers', 'derived_from', 'replaces', 'duplicates', 'teaches', 'mentions')),
  created_by uuid not null references person,
  created_at timestamptz not null default now(),
  primary key (from_id, to_id, relation)
);
create index item_link_to on item_link (to_id, relation);

create table draft (
  person_id uuid not null references person on delete cascade,
  -- What is being written: 'question', 'answer:<question>', 'edit:<item>' …
  key text not null,
  content jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (person_id, key)
);

create table follow (
  person_id uuid not null references person on delete cascade,
  target_kind text not null check (target_kind in ('item', 'tag', 'space', 'person')),
  target text not null,
  created_at timestamptz not null default now(),
  primary key (person_id, target_kind, target)
);
create index follow_target on follow (target_kind, target);

create table bookmark (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  note text not null default '',
  created_at timestamptz not null default now(),
  primary key (person_id, item_id)
);

create table helped (
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  minutes_saved integer check (minutes_saved between 1 and 100000),
  note text not null default '',
  created_at timestamptz not null default now(),
  primary key (item_id, person_id)
);

-- "Outdated": open until the author (or a steward) settles it.
create table flag (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  reason text not null check (reason in ('outdated')),
  note text not null default '',
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by uuid references person on delete set null
);
create unique index flag_open on flag (item_id, person_id, reason) where settled_at is null;

-- What happened, append-only, shaped like an xAPI statement; owned by the person.
create table signal (
  id uuid primary key,
  actor_id uuid not null references person on delete cascade,
  verb text not null,
  item_id uuid references item on delete cascade,
  space_id uuid references space on delete cascade,
  result jsonb,
  at timestamptz not null default now()
);
create index signal_actor on signal (actor_id, at desc);
create index signal_item on signal (item_id, verb);

create table notification (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  event_id uuid not null,
  kind text not null,
  item_id uuid references item on delete cascade,
  space_id uuid references space on delete cascade,
  -- Null where the actor is nobody, or must not be known.
  actor_id uuid references person on delete set null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mailed_at timestamptz,
  unique (event_id, person_id)
);
create index notification_person on notification (person_id, created_at desc);
create index notification_unread on notification (person_id) where read_at is null;

-- Only what a person changed; what is not here follows the default of its kind.
create table notification_preference (
  person_id uuid not null references person on delete cascade,
  kind text not null,
  in_page boolean not null,
  mail text not null check (mail in ('now', 'digest', 'never')),
  primary key (person_id, kind)
);

create table mute (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  primary key (person_id, item_id)
);
