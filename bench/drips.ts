import { deliverDue } from '#src/drips/server/deliver.ts';
import { sql } from '#src/platform/server/db.ts';
import { besideNodemailer, LEAST } from './lib/beside-nodemailer.ts';
import { followersOfTips } from './lib/drip-people.ts';
import type { Measure } from './lib/run.ts';

/** The next tip of a series is prepared and handed to a mail server of this machine, once to each follower. */
export default {
	name: 'drips',
	target: `≥ ${LEAST} of nodemailer’s bare pooled rate, one mail to each`,
	run: ({ full }) =>
		besideNodemailer(
			{
				name: 'tips',
				people: followersOfTips,
				due: (db) => db.execute(sql`update drip_follow set next_at = now()`),
				job: 'tips.deliver',
				make: deliverDue
			},
			full ? 100_000 : 8_000
		)
} satisfies Measure;
