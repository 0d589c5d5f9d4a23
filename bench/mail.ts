import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { sql } from '#src/platform/server/db.ts';
import { besideNodemailer, LEAST } from './lib/beside-nodemailer.ts';
import { peopleWithDigests } from './lib/mail-people.ts';
import type { Measure } from './lib/run.ts';

/** Digests are prepared and handed to a mail server of this machine. */
export default {
	name: 'mail',
	target: `≥ ${LEAST} of nodemailer’s bare pooled rate`,
	run: ({ full }) =>
		besideNodemailer(
			{
				name: 'digests',
				people: peopleWithDigests,
				due: (db) => db.execute(sql`update notification_settings set digest_at = '2026-01-05 09:00:00+00'`),
				job: 'notify.mail',
				make: mailWhatIsDue
			},
			full ? 100_000 : 8_000
		)
} satisfies Measure;
