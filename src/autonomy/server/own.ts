import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What reached a person and by whose choice, for their archive; of a page, its kind alone. */
export const ownReached: OwnList[] = [
	ownFile(
		'reached',
		'what you were told of here, and by whose choice it reached you',
		(me) => sql`select kind, choice, created_at, in_page, mailed_at, read_at from notification where person_id = ${me}
			order by created_at, id`
	),
	ownFile(
		'opt-outs',
		'what you left out: off, muted, paused, followed no more, and when you wanted it again',
		(me) => sql`select about, target, ways, until, is_over, at from opt_out where person_id = ${me} order by id`
	),
	ownFile(
		'autonomy-pulse',
		'in which quarters you said how you are reached, or left it out; what you said is kept nowhere',
		(me) => sql`select quarter, answered from autonomy_pulse_person where person_id = ${me} order by quarter`
	)
];
