import { expect, test } from 'vitest';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { entryFilter } from '#src/feeds/input.ts';
import { suggestFeeds } from '#src/feeds/server/suggest.ts';
import { readEntries } from '#src/feeds/server/stream.ts';
import { viewerOf } from '#src/testing/builders.ts';
import { signInWithPassword } from '#src/core/people/server/sign-in.ts';
import { testDatabase } from '#src/testing/database.ts';
import { spaces } from './content/index.ts';
import { PASSWORD, people } from './content/people.ts';
import { momentAfter, momentAt } from './clock.ts';
import { testFiles } from '#src/testing/files.ts';
import { fillDemo } from './fill.ts';
import { address } from './organisation.ts';

const { db } = await testDatabase();
testFiles();
const counted = await fillDemo(db);

const count = async (query: ReturnType<typeof sql>) => Number((await row<{ count: string }>(db, query))!.count);

test('thirty people, eight spaces, two hundred items', async () => {
	expect(counted).toMatchObject({ people: 30, spaces: 8 });
	expect(counted.items).toBeGreaterThanOrEqual(200);
	expect(await count(sql`select count(*) from item`)).toBe(counted.items);
	const access = await rows<{ access: string }>(db, sql`select distinct access from space order by access`);
	expect(access.map((each) => each.access)).toEqual(['closed', 'open', 'secret']);
});

test('its people sign in with the password that is told', async () => {
	const { personId } = await signInWithPassword(db, { email: address('kit'), password: PASSWORD }, '127.0.0.1');
	expect(await row(db, sql`select name from person where id = ${personId}`)).toEqual({ name: 'Kit Sørensen' });
});

test('feeds are read alone and in spaces, and rules have acted on them', async () => {
	const nora = await viewerOf(
		db,
		(await row<{ id: string }>(db, sql`select id from person where email = ${address('nora')}`))!.id
	);
	const { items } = await readEntries(db, nora, entryFilter.parse({}));
	expect(
		await count(
			sql`select count(*) from feed_entry where jsonb_array_length(media) = 1 and (media -> 0 ->> 'seconds')::int > 60`
		)
	).toBe(2);
	expect(items.length).toBeGreaterThanOrEqual(10);
	expect(items[0]?.why).toBe('On top by your rule “recall*, strike”.');
	expect(items.find(({ sources }) => sources.length > 1)?.title).toBe('Strike at the south quay: what still moves');
	expect((await readEntries(db, nora, entryFilter.parse({ show: 'hidden' }))).items).toHaveLength(2);
	expect(items.some(({ rules }) => rules.some(({ tag }) => tag === 'loading'))).toBe(true);
	expect((await suggestFeeds(db, nora)).map(({ title, name }) => [title, name])).toEqual([
		['Small Print for Shops', 'Shop floor']
	]);
});

test('everything that is counted is there', async () => {
	const wrong = await rows(
		db,
		sql`select i.title from question q join item i on i.id = q.item_id
			where q.answer_count <> (select count(*) from item a where a.parent_id = i.id and a.kind = 'answer')
				or (q.status = 'answered') <> (q.accepted_answer_id is not null)
				or (q.status = 'duplicate') <> (q.duplicate_of is not null)
				or (q.status = 'answered' and q.useful_at is null)
			union all
			select i.title from item i where i.helped_count <> (select count(*) from helped h where h.item_id = i.id)
				or i.helped_minutes <> (select coalesce(sum(minutes_saved), 0) from helped h where h.item_id = i.id)
				or i.version <> (select max(version) from revision r where r.item_id = i.id)`
	);
	expect(wrong).toEqual([]);
	const statuses = await rows<{ status: string; count: number }>(
		db,
		sql`select status, count(*)::int as count from question group by status order by status`
	);
	expect(Object.fromEntries(statuses.map((each) => [each.status, each.count]))).toMatchObject({
		duplicate: 2,
		needs_info: 1
	});
	expect(await count(sql`select count(*) from flag where settled_at is null`)).toBe(1);
	expect(await count(sql`select count(*) from item where anonymous`)).toBeGreaterThanOrEqual(4);
});

test('times are of the last sixty days, in order, and of the hours people work', async () => {
	const wrong = await rows(
		db,
		sql`select c.id from item c left join item p on p.id = c.parent_id
			where c.created_at > now() or c.created_at < now() - interval '64 days' or c.created_at <= p.created_at
				or c.active_at < c.created_at or c.updated_at < c.created_at
			union all select item_id from helped join item on id = item_id where helped.created_at <= item.created_at or helped.created_at > now()
			union all select item_id from revision join item on id = item_id where revision.created_at < item.created_at or revision.created_at > now()
			union all select item_id from question join item on id = item_id where useful_at < item.created_at or useful_at > now()
			union all select item_id from signal where at > now() or at < now() - interval '64 days'`
	);
	expect(wrong).toEqual([]);
	const outside = await rows(
		db,
		sql`select i.title, i.created_at from item i join person p on p.id = i.author_id,
				lateral (select i.created_at at time zone p.time_zone as local) l
			where i.created_at < now() - interval '4 days'
				and not (extract(isodow from local)::int = any(p.work_days)
					and (i.kind = 'question' or i.kind = 'page'
						or extract(hour from local) * 60 + extract(minute from local) between p.work_start and p.work_end))`
	);
	expect(outside).toEqual([]);
});

test('nobody is notified of the past', async () => {
	expect(
		await count(sql`select count(*) from pgboss.job where name = 'event' and data ->> 'name' <> 'items.imported'`)
	).toBe(0);
	expect(
		await count(sql`select count(*) from notification where read_at is null or to_mail or mailed_at is not null`)
	).toBe(0);
	expect(await count(sql`select count(distinct person_id) from notification`)).toBeGreaterThan(20);
});

test('a second run refuses, --again fills it anew', { timeout: 60_000 }, async () => {
	await expect(fillDemo(db)).rejects.toMatchObject({ kind: 'conflict' });
	expect(await fillDemo(db, { again: true })).toEqual(counted);
	expect(await count(sql`select count(*) from person`)).toBe(30);
});

test('it can be filled on any day and at any hour', () => {
	for (let hour = 0; hour < 24 * 8; hour += 5) {
		const now = new Date(Date.UTC(2031, 4, 30, hour, 17));
		for (const { questions } of spaces) {
			for (const { by, at, answers = [] } of questions) {
				const person = (key: string) => people.find((each) => each.key === key)!;
				const asked = momentAt(at, person(by), now);
				expect(asked < now).toBe(true);
				for (const answer of answers) {
					const moment = momentAfter(asked, answer.after, person(answer.by), now);
					expect(moment > asked && moment < now).toBe(true);
				}
			}
		}
	}
});
