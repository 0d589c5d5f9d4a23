import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What a person reads, and the rules they made for it, for their archive. */
export const ownFeeds: OwnList[] = [
	ownFile(
		'feeds',
		'feeds you read, with your names and folders for them',
		(me) => sql`select f.url, coalesce(nullif(s.title, ''), f.title) as title, s.folder, s.created_at
			from feed_subscription s join feed f on f.id = s.feed_id where s.person_id = ${me} order by s.created_at, s.id`
	),
	ownFile(
		'feed-rules',
		'rules you made for entries of feeds, yours and those of spaces',
		(me) => sql`select r.words, r.place, r.deed, r.tag, s.slug as space, r.created_at,
				exists (select from feed_rule_off o where o.rule_id = r.id and o.person_id = ${me}) as is_off
			from feed_rule r left join space s on s.id = r.space_id
			where r.person_id = ${me} or r.created_by = ${me} order by r.created_at, r.id`
	)
];
