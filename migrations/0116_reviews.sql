-- What waits for somebody, as Home asks for it each time: the few attempts to look at, and the checks they help with.
create index check_attempt_review on check_attempt (submitted_at) where state = 'in_review';
create index check_item_expert on check_item (expert_id) where expert_id is not null;
