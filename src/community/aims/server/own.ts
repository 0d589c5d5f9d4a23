import { ownFile } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What somebody wrote into plans of communities, for their archive. */
export const ownAims = [
	ownFile(
		'community-aims',
		'aims you wrote for communities',
		(me) => sql`select a.id, a.title, a.seen, a.baseline, a.target, a.review_on::text, a.state, a.created_at
			from community_aim a where a.created_by = ${me} order by a.id`
	),
	ownFile(
		'community-reviews',
		'what you said was learnt from aims of communities',
		(me) => sql`select r.aim_id, a.title, r.seen_on::text, r.state, r.learnt from community_review r
			join community_aim a on a.id = r.aim_id where r.reviewed_by = ${me} order by r.id`
	)
];
