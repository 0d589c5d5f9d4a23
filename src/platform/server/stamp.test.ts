import { afterAll, expect, test, vi } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { connect, sql } from './db.ts';
import { AsOf, openStamps } from './stamp.ts';

const { db, url } = await testDatabase();
const elsewhere = connect(url, 2);
const heard: string[] = [];
const { read, close } = openStamps(url, 'rights', (message) => heard.push(message));
afterAll(() => Promise.all([close(), elsewhere.close()]));

await db.execute(sql`create table thing (id integer primary key, name text)`);

test('a stamp is another one after each change that is committed, wherever it was made, and only then', async () => {
	const changes = [
		sql`insert into thing values (1, 'till'), (2, 'desk')`,
		sql`update thing set name = 'key' where id = 1`,
		sql`delete from thing where id = 2`,
		sql`truncate thing`,
		sql`alter table thing add column note text`
	];
	for (const change of changes) {
		// Other databases of the server, those of tests that run beside this one, move the stamp as well.
		const [before, after] = await vi.waitFor(async () => {
			const first = await elsewhere.db.transaction(async (tx) => {
				const stamp = await read();
				await db.execute(sql`select * from thing`);
				await tx.execute(change);
				expect(await read()).toBe(stamp);
				return stamp;
			});
			return [first, await read()];
		});
		expect(after).not.toBe(before);
	}
});

test('who has a stamp has heard what was told with the changes it knows of', async () => {
	for (let n = 0; n < 200; n += 1) {
		await elsewhere.db.execute(sql`select pg_notify('rights', ${`told ${n}`})`);
		await read();
		expect(heard.at(-1)).toBe(`told ${n}`);
	}
});

test('a connection that was lost makes everything forgotten, and listens again', async () => {
	await read();
	const lost = heard.length;
	await db.execute(
		sql`select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_current_snapshot()%' and pid <> pg_backend_pid()`
	);
	await expect.poll(() => read().catch(() => 'none')).not.toBe('none');
	expect(heard.slice(lost)).toContain('*');
	await elsewhere.db.execute(sql`select pg_notify('rights', 'after')`);
	await read();
	expect(heard.at(-1)).toBe('after');
});

test('what was read as of a stamp is forgotten with it, and is another one for another key', () => {
	const known = new AsOf<object, string>();
	const [ada, bob] = [{}, {}];
	known.set('1', ada, 'a', 'seen');
	expect([known.get('1', ada, 'a'), known.get('1', bob, 'a'), known.get('2', ada, 'a')]).toEqual([
		'seen',
		...[undefined, undefined]
	]);
	known.set('2', bob, 'a', 'other');
	expect([known.get('1', ada, 'a'), known.get('2', ada, 'a'), known.get('2', bob, 'a')]).toEqual([
		...[undefined, undefined],
		'other'
	]);
});
