-- Uploaded files. The content lies in the file store under its hash; a row is one upload of it.

create table file (
  id uuid primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  mime text not null,
  bytes integer not null check (bytes > 0),
  width integer,
  height integer,
  -- A smaller copy of an image, in the store as well.
  thumbnail_sha256 text check (thumbnail_sha256 ~ '^[0-9a-f]{64}$'),
  -- Profile photos: readable by everybody signed in, without an item that uses them.
  shared boolean not null default false,
  uploader_id uuid not null references person on delete cascade,
  created_at timestamptz not null default now()
);
create index file_uploader on file (uploader_id, created_at desc);
create index file_sha256 on file (sha256);
create index file_thumbnail on file (thumbnail_sha256) where thumbnail_sha256 is not null;

-- Which items show a file, in any of their versions: who may read one of them may read the file.
create table item_file (
  item_id uuid not null references item on delete cascade,
  file_id uuid not null references file on delete cascade,
  primary key (item_id, file_id)
);
create index item_file_file on item_file (file_id);

-- What a linked page says of itself, for the card beneath a link that stands alone.
create table link_preview (
  url text primary key,
  -- Null where the page could not be read, or says nothing of itself.
  title text,
  site text not null default '',
  description text not null default '',
  fetched_at timestamptz not null default now()
);
