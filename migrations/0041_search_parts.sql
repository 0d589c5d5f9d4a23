-- Searchable parts of an item beyond its own text: the pages of a document, the slides of a deck.
-- Whoever reads the text out writes them with putParts (src/core/search/server/parts.ts).
create table item_part (
  item_id uuid not null references item on delete cascade,
  part integer not null check (part > 0),
  -- "Page 12", "Slide 3": said beside a hit.
  locator text not null,
  -- What leads from the item's address to the part: "#page-12".
  suffix text not null default '',
  text text not null,
  primary key (item_id, part)
);

-- A part is an entry of the index like an item; 0 is the item's own text.
alter table search_doc add part integer not null default 0;
alter table search_doc drop constraint search_doc_item_id_key;
alter table search_doc add unique (item_id, part);
drop index search_doc_recent;
create index search_doc_recent on search_doc (space, fresh desc) where part = 0;
-- How many of the entries are parts: the length of an item is compared with that of items alone.
alter table search_stats add parts integer not null default 0;

-- The counts of words change with every item; where no index holds them, PostgreSQL rewrites the row in place.
-- So the level is a power of two (it seldom changes), and words alike are sought among those of level 1 and more.
drop index search_word_alike;
drop index search_word_level;
alter table search_word drop level;
alter table search_word add level smallint not null generated always as (case when df < 1 then -1 else floor(log(2, df))::smallint end) stored;
alter table search_word set (fillfactor = 70);
create index search_word_level on search_word (level, word);
create index search_word_alike on search_word using gin (word gin_trgm_ops) where level > 0;

drop function search_candidates;
create function search_candidates(
  rare_terms integer[], rare_weights real[], rare_bits integer[],
  common_terms integer[], common_weights real[], common_bits integer[], common_depths integer[],
  required_bits integer, spaces smallint[], shares real[], kinds smallint[], from_day smallint, to_day smallint,
  phrases text[], not_phrases text[], cap integer, keep integer, with_vector boolean
) returns table (doc integer, points real, item_id uuid, part integer, root_id uuid, space smallint, kind smallint, day smallint, fresh smallint, helped integer, vector bytea)
language plpgsql stable set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with read as (
    select p.doc, p.impact * q.weight as points, q.bit
    from unnest(rare_terms, rare_weights, rare_bits) q(term, weight, bit)
    cross join lateral (
      select p.doc, p.impact from search_posting p
      where p.term = q.term and p.space + 0 = any(spaces::integer[]) and p.kind = any(kinds) and p.day between from_day and to_day
    ) p
    union all
    select p.doc, p.impact * q.weight, q.bit
    from unnest(common_terms, common_weights, common_bits, common_depths) q(term, weight, bit, depth)
    cross join unnest(spaces[1:300], shares[1:300]) s(space, share)
    cross join lateral (
      select e.doc, e.impact from (
        select p.doc, p.impact, p.kind, p.day from search_posting p
        where p.term = q.term and p.space = s.space
        order by p.impact desc, p.doc desc limit greatest(200, q.depth * s.share * 8)::integer
      ) e
      where e.kind = any(kinds) and e.day between from_day and to_day
      limit greatest(20, q.depth * s.share)::integer
    ) p
  ), best as (
    select r.doc, sum(r.points)::real as points from read r group by r.doc
    having bit_or(r.bit) & required_bits = required_bits
    order by 2 desc limit cap
  )
  select d.doc, b.points, d.item_id, d.part, d.root_id, d.space, d.kind, d.day, d.fresh, d.helped, case when with_vector then d.vector end
  from best b cross join lateral (select * from search_doc d where d.doc = b.doc) d
  where (phrases = '{}' or (select bool_and(position(f in d.words) > 0) from unnest(phrases) f))
    and (not_phrases = '{}' or not (select bool_or(position(f in d.words) > 0) from unnest(not_phrases) f))
  limit keep;
end $$;

drop function search_recent;
create function search_recent(spaces smallint[], kinds smallint[], from_day smallint, to_day smallint, phrases text[], not_phrases text[], cap integer)
returns table (doc integer, item_id uuid, part integer, root_id uuid, space smallint, kind smallint, day smallint, fresh smallint, helped integer, vector bytea)
language plpgsql stable set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select d.doc, d.item_id, d.part, d.root_id, d.space, d.kind, d.day, d.fresh, d.helped, d.vector
  from unnest(spaces[1:300]) s(space)
  cross join lateral (
    select e.* from (select * from search_doc d where d.space = s.space and d.part = 0 order by d.fresh desc limit cap * 8) e
    where e.kind = any(kinds) and e.day between from_day and to_day
      and (phrases = '{}' or (select bool_and(position(f in e.words) > 0) from unnest(phrases) f))
      and (not_phrases = '{}' or not (select bool_or(position(f in e.words) > 0) from unnest(not_phrases) f))
    limit cap
  ) d
  order by d.fresh desc, d.doc desc limit cap;
end $$;
