-- What a thread came to stands beneath it as an item of its own, so it has a history and is found.
create unique index item_one_outcome on item (parent_id) where kind = 'outcome' and state <> 'removed';
