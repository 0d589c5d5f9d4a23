import { newDrip, newTip } from '#src/drips/input.ts';
import { beginDrip } from '#src/drips/server/drafts.ts';
import { publishDrip } from '#src/drips/server/publish.ts';
import { addTip } from '#src/drips/server/tips.ts';
import { connect } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { copy } from './copy.ts';

/** Eighty-eight words. */
const BODY = 'Hold the **green** key for five seconds until the screen says RESET, then let go and count to three. '
	.repeat(5)
	.trim();

/** People who follow a series of three tips by mail and have got none; nothing is due until `next_at` is set. */
export async function followersOfTips(databaseUrl: string, count: number, prefix: string): Promise<void> {
	const { db, client, close } = connect(databaseUrl, 2);
	await startJobs(databaseUrl, false);
	try {
		const spaceId = await aSpace(db, { name: 'Shop floor' });
		const author = await aPerson(db, { spaces: [spaceId] });
		const dripId = await beginDrip(db, author, parse(newDrip, { title: 'The till in three days', about: '', spaceId }));
		for (const title of ['Reset the till', 'Change the roll', 'Close the day'])
			await addTip(db, author, dripId, parse(newTip, { title, body: BODY }));
		await publishDrip(db, author, dripId);
		const ids = Array.from({ length: count }, () => newId());
		// Every day is a day of theirs: the measure runs on Sundays too.
		await copy(
			client,
			'person (id, name, email, work_days)',
			ids.map((id, n) => `${id}\tReader ${n}\t${prefix}${n}@bench.example\t{}\n`)
		);
		await copy(
			client,
			'drip_follow (drip_id, person_id)',
			ids.map((id) => `${dripId}\t${id}\n`)
		);
		await client`vacuum analyze`;
	} finally {
		await stopJobs();
		await close();
	}
}
