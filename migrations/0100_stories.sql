-- What happened, told by whoever was there. The item's text is made of the four parts.
create table story (
  item_id uuid primary key references item on delete cascade,
  situation text not null,
  tried text not null,
  happened text not null,
  again text not null,
  -- What did not work is told as often as what did.
  result text not null check (result in ('worked', 'partly', 'did_not_work'))
);
create index story_result on story (result);
