-- Answered questions put together. The item's text is made of the opening and the entries.
create table faq (
  item_id uuid primary key references item on delete cascade,
  intro_md text not null default '',
  intro_html text not null default ''
);
create table faq_entry (
  id uuid primary key,
  faq_id uuid not null references faq on delete cascade,
  position integer not null,
  question text not null,
  answer_md text not null,
  answer_html text not null,
  -- Where it comes from, and the version of the answer that was last looked at.
  source_question_id uuid references item on delete set null,
  source_answer_id uuid references item on delete set null,
  source_version integer not null default 0,
  unique (faq_id, source_question_id)
);
create index faq_entry_question on faq_entry (source_question_id);
create index faq_entry_answer on faq_entry (source_answer_id);
