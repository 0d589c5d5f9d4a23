-- How many entries of a common term are read in each space at least is told by the caller: a prefix that stands for
-- a dozen terms needs fewer of each.
drop function search_candidates;
create function search_candidates(
  rare_terms integer[], rare_weights real[], rare_bits integer[],
  common_terms integer[], common_weights real[], common_bits integer[], common_depths integer[], common_leasts integer[],
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
      limit 4000
    ) p
    union all
    select p.doc, p.impact * q.weight, q.bit
    from unnest(common_terms, common_weights, common_bits, common_depths, common_leasts) q(term, weight, bit, depth, least)
    cross join unnest(spaces[1:300], shares[1:300]) s(space, share)
    cross join lateral (
      select e.doc, e.impact from (
        select p.doc, p.impact, p.kind, p.day from search_posting p
        where p.term = q.term and p.space = s.space
        order by p.impact desc, p.doc desc limit greatest(10 * q.least, q.depth * s.share * 8)::integer
      ) e
      where e.kind = any(kinds) and e.day between from_day and to_day
      limit greatest(q.least, q.depth * s.share)::integer
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
