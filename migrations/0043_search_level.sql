-- The level of a word is worked out at every change of its count: in floating point that takes a hundredth of the time.
drop index search_word_alike;
drop index search_word_level;
alter table search_word drop level;
alter table search_word add level smallint not null
  generated always as (case when df < 1 then -1 else floor(ln(df + 0.5::float8) / ln(2::float8))::smallint end) stored;
create index search_word_level on search_word (level, word);
create index search_word_alike on search_word using gin (word gin_trgm_ops) where level > 0;
