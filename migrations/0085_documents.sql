-- The text of a file, read out by a worker: what a resource's page shows and search looks in.

create table document (
  item_id uuid primary key references item on delete cascade,
  -- What is read: when the file is replaced, what was read of the other no longer counts.
  file_id uuid not null references file on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'reading', 'read', 'unreadable')),
  -- A sentence for people: why it could not be read.
  reason text not null default '',
  -- Sentences: what was left out, what to be careful with.
  notes text[] not null default '{}',
  -- "PDF", "Word", as people say it.
  format text not null default '',
  unit text not null default 'section' check (unit in ('page', 'slide', 'sheet', 'section')),
  -- The table of contents, and the stretches in which a long document is read, each with where it leads.
  headings jsonb not null default '[]',
  views jsonb not null default '[]',
  part_count integer not null default 0,
  -- A file that ends its worker again and again is given up.
  attempts integer not null default 0,
  queued_at timestamptz not null default now(),
  read_at timestamptz
);
create index document_file on document (file_id);

-- Pages, slides, stretches of sheets and texts, in order.
create table document_part (
  item_id uuid not null references document on delete cascade,
  no integer not null check (no > 0),
  -- `page-12`: where a link leads.
  anchor text not null,
  locator text not null,
  title text not null,
  blocks jsonb not null,
  -- Which of the document's views shows it: long ones are read a few dozen pages at a time.
  view integer not null check (view > 0),
  -- A picture of the page, where one could be drawn.
  picture_id uuid references file on delete set null,
  primary key (item_id, no)
);
create index document_part_view on document_part (item_id, view);
create index document_part_picture on document_part (picture_id) where picture_id is not null;
