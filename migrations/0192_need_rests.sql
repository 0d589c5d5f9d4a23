-- What a conclusion rests on is kept with it, as it was then: what people said, and the evidence with the version and
-- the hash of what it leads to. Null for those that were recorded before.
alter table need_conclusion add column rests jsonb;

-- A conclusion never changes, whoever tries.
create function need_conclusion_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a conclusion never changes';
end
$$;
create trigger need_conclusion_stays before update of need_id, number, decision, lacks_knowledge, content, rests
  on need_conclusion for each row execute function need_conclusion_stays();
