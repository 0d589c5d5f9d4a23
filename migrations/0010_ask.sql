-- Questions; answers and comments are plain items beneath them.

create table question (
  item_id uuid primary key references item on delete cascade,
  status text not null default 'open' check (status in ('open', 'needs_info', 'answered', 'duplicate')),
  accepted_answer_id uuid references item on delete set null,
  duplicate_of uuid references item on delete set null,
  answer_count integer not null default 0,
  -- When the first answer came that was accepted or marked as helpful by somebody else.
  useful_at timestamptz,
  -- How far an unanswered question has climbed: 0 space, 1 followers of its tags, 2 a suggested person, 3 stewards.
  climb_step smallint not null default 0,
  climb_at timestamptz
);
create index question_climb on question (climb_at) where status = 'open' and climb_at is not null;
create index question_unanswered on question (item_id) where status in ('open', 'needs_info');

-- Titles much like one that is being typed.
create index item_question_title on item using gin (title gin_trgm_ops) where kind = 'question';
