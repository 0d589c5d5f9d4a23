-- Each host of the web is asked once at a time, whichever process asks: see src/platform/server/polite.ts.
create table web_host (
  host text primary key,
  -- Who is asking it, and until when at the latest: a process that dies gives its turn back by this.
  holder uuid,
  busy_until timestamptz,
  -- Nobody asks it before: a short pause after each visit, or the rest it wants or needs.
  free_at timestamptz not null default now(),
  -- Visits in a row that it did not answer, or answered with a wish for fewer.
  failures integer not null default 0
);
