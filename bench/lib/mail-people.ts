import { copy } from './copy.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { connect, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';

/**
 * People to each of whom a digest is due (or will be): two things happened that they follow, and their space has news.
 * @param at since when it is due
 */
export async function peopleWithDigests(
	databaseUrl: string,
	count: number,
	name = 'reader',
	at = 'infinity'
): Promise<void> {
	const { db, client, close } = connect(databaseUrl, 2);
	await startJobs(databaseUrl, false);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const space = await aSpace(db, { name: 'Shop floor' });
		const author = await aPerson(db, { name: 'Carl Colleague', spaces: [space] });
		const bodyMd = 'Hold the **green** key for five seconds until the screen says RESET, then let go. '.repeat(3);
		const made = (title: string) =>
			db.transaction((tx) => createItem(tx, author, { kind: 'question', spaceId: space, title, bodyMd }));
		const told = [await made('How do I reset the till?'), await made('Where are the spare rolls?')];
		for (const title of [
			'Who has the key of the back door?',
			'What to do when the lamp stays red?',
			'Is the new scanner slower?'
		])
			await made(title);
		const ids = Array.from({ length: count }, () => newId());
		await copy(
			client,
			'person (id, name, email)',
			ids.map((id, n) => `${id}\tReader ${n}\t${name}${n}@bench.example\n`)
		);
		await copy(
			client,
			'space_member (space_id, person_id, role)',
			ids.map((id) => `${space}\t${id}\tmember\n`)
		);
		const columns =
			'notification (id, person_id, event_id, kind, item_id, page_id, space_id, actor_id, to_mail, created_at)';
		const notices = function* () {
			for (const item of told) {
				const event = newId();
				for (const id of ids)
					yield `${newId()}\t${id}\t${event}\titem.commented\t${item}\t${item}\t${space}\t${author.id}\tt\t2026-01-05 08:00:00+00\n`;
			}
		};
		await copy(client, columns, notices());
		const due = function* () {
			for (const id of ids) yield `${id}\t${at}\n`;
		};
		await copy(client, 'notification_settings (person_id, digest_at)', due());
		await db.execute(sql`delete from pgboss.job`);
		await client`vacuum analyze`;
	} finally {
		await stopJobs();
		await close();
	}
}
