import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What a person keeps of their own work, for their archive. */
export const ownWork: OwnList[] = [
	ownFile(
		'work-goals',
		'goals you set for yourself',
		(
			me
		) => sql`select id, title, why, sign, reach_by::text, state, ended_on::text, created_at from work_goal where person_id = ${me}
			order by created_at`
	),
	ownFile(
		'work-notes',
		'evidence and reflections you noted of your work',
		(me) => sql`select id, kind, goal_id, text, address, about, happened_on::text, created_at from work_note
			where person_id = ${me} order by happened_on, id`
	),
	ownFile(
		'work-shares',
		'copies of your years that you gave to colleagues',
		(
			me
		) => sql`select s.id, s.year, p.name as reader, s.content, s.created_at from work_share s join person p on p.id = s.reader_id
			where s.person_id = ${me} order by s.created_at`
	)
];
