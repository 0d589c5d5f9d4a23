-- Resources: a file that colleagues share, and what helps to use it.

create table resource (
  item_id uuid primary key references item on delete cascade,
  file_id uuid not null references file,
  -- How it is shown.
  media text not null check (media in ('video', 'audio', 'image', 'document', 'file')),
  -- Of film and sound: how long it is, and which stretch of it is shown.
  seconds real check (seconds > 0),
  starts real check (starts >= 0),
  ends real check (ends > coalesce(starts, 0))
);
create index resource_file on resource (file_id);

-- The file of each version: an old one is kept, and can be told to those who used it.
create table resource_version (
  item_id uuid not null references resource on delete cascade,
  version integer not null,
  file_id uuid not null references file,
  primary key (item_id, version)
);
create index resource_version_file on resource_version (file_id);

-- What is said, with its times, as WebVTT.
create table resource_caption (
  item_id uuid not null references resource on delete cascade,
  language text not null check (language ~ '^[a-z]{2,3}(-[a-z0-9]{2,8})*$'),
  vtt text not null,
  primary key (item_id, language)
);

create table resource_chapter (
  item_id uuid not null references resource on delete cascade,
  seconds real not null check (seconds >= 0),
  title text not null,
  primary key (item_id, seconds)
);

-- The few things to take away, each with where it is said.
create table resource_point (
  item_id uuid not null references resource on delete cascade,
  place smallint not null,
  text text not null,
  seconds real check (seconds >= 0),
  page integer check (page > 0),
  primary key (item_id, place)
);

-- What its author says to a page or slide.
create table resource_narration (
  item_id uuid not null references resource on delete cascade,
  page integer not null check (page > 0),
  file_id uuid not null references file,
  primary key (item_id, page)
);
create index resource_narration_file on resource_narration (file_id);
