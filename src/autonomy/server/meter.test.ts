import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { mondayOf } from '#src/platform/day.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { somePushes } from '#src/testing/pushes.ts';
import { until } from '#src/testing/smtp.ts';
import { readMeter } from './meter.ts';
import { countWeeks } from './weeks.ts';

const { db } = await testDatabase({ work: true });
/** A Wednesday; weeks that end before it are counted. */
const now = new Date('2030-06-12T08:00:00Z');
const before = (weeks: number, days = 2) =>
	new Date(Date.parse(mondayOf(now)) + (days - 7 * weeks) * 86_400_000).toISOString();
const week = (ago: number) => before(ago, 0).slice(0, 10);

let people: Viewer[];
let admin: Viewer;
let steward: Viewer;
let [large, middling, small]: string[] = [];

beforeAll(async () => {
	[large, middling, small] = [
		await aSpace(db, { name: 'Large' }),
		await aSpace(db, { name: 'Middling' }),
		await aSpace(db, { name: 'Small' })
	];
	await aSpace(db, { name: 'All', kind: 'organisation' });
	people = await Promise.all(Array.from({ length: 12 }, () => aPerson(db)));
	steward = await aPerson(db, { spaces: [large!], steward: true });
	const { id } = await aPerson(db);
	await db.execute(sql`insert into org_role (person_id, role) values (${id}, 'admin')`);
	admin = await viewerOf(db, id);
});

const came = (
	weeks: number,
	spaceId: string,
	count: number,
	choice: 'self' | 'organisation' | 'default',
	kind?: string
) => somePushes(db, { at: before(weeks), spaceId, people: people.slice(0, count), choice, kind });

test('a known stream gives the known shares: of the whole, of each space, and of what came by tips', async () => {
	// Last week: 12 + 12 of 36 in the large space by choice, 6 of 12 in the middling one, and two tips.
	await came(1, large!, 12, 'self');
	await came(1, large!, 12, 'self');
	await came(1, large!, 12, 'organisation', 'survey.opened');
	await came(1, middling!, 6, 'self');
	await came(1, middling!, 6, 'default', 'question.climbed');
	// Not seen by anybody, of this week, and of too long ago.
	await came(2, large!, 5, 'default');
	await db.execute(sql`update notification set in_page = false where choice = 'default' and kind = 'item.new'`);
	await came(0, large!, 12, 'organisation', 'survey.opened');
	const { tips } = await aDrip(db, steward, large!);
	for (const { id } of people.slice(0, 5))
		await db.execute(sql`insert into drip_receipt (tip_id, person_id, version, via, at)
			values (${tips[0]!}, ${id}, 1, 'mail', ${before(1)}::timestamptz), (${tips[1]!}, ${id}, 1, 'page', ${before(1)}::timestamptz)`);
	await countWeeks(db, now);
	const { whole, spaces } = await readMeter(db, admin, now);
	expect(whole!.weeks).toEqual([{ week: week(1), pushes: 53, own: 35, low: null, high: null }]);
	expect(whole!.lately).toMatchObject({ pushes: 53, share: 35 / 53 });
	expect(whole!.lately!.low).toBeCloseTo(0.526, 2);
	expect(whole!.lately!.high).toBeCloseTo(0.773, 2);
	expect(whole!.kinds.map(({ kind, choice, pushes }) => [kind, choice, pushes])).toEqual([
		['item.new', 'self', 30],
		['survey.opened', 'organisation', 12],
		['question.climbed', 'default', 6],
		['tips', 'self', 5]
	]);
	expect(spaces).toMatchObject([
		{ name: 'Middling', pushes: 12, share: 0.5, weeks: 1 },
		{ name: 'Large', pushes: 41, share: 29 / 41 }
	]);
});

test('a week is counted once, and stays as it is', async () => {
	const all = () => rows(db, sql`select * from push_week order by week, space_id`);
	const earlier = await all();
	await came(1, large!, 12, 'organisation', 'survey.opened');
	await Promise.all([countWeeks(db, now), countWeeks(db, now)]);
	expect(await all()).toEqual(earlier);
});

test('a space with few people is hidden, and another with it, so that nobody finds it by taking away', async () => {
	const later = new Date(now.getTime() + 7 * 86_400_000);
	const [at, day] = [mondayOf(now), new Date(Date.parse(mondayOf(now)) + 86_400_000).toISOString()];
	await db.execute(sql`delete from notification`);
	await somePushes(db, { at: day, spaceId: large!, people, choice: 'self' });
	await somePushes(db, { at: day, spaceId: middling!, people: people.slice(0, 7), choice: 'self' });
	await somePushes(db, {
		at: day,
		spaceId: small!,
		people: people.slice(0, 4),
		choice: 'organisation',
		kind: 'check.asked'
	});
	await countWeeks(db, later);
	expect(await row(db, sql`select receivers from push_week where week = ${at}::date and space_id = ${small!}`)).toEqual(
		{ receivers: 4 }
	);
	const { whole, spaces } = await readMeter(db, admin, later);
	expect(spaces.find(({ name }) => name === 'Small')).toBeUndefined();
	expect(spaces.find(({ name }) => name === 'Middling')).toMatchObject({ weeks: 1, pushes: 12 });
	expect(spaces.find(({ name }) => name === 'Large')).toMatchObject({ weeks: 2, pushes: 53 });
	// The check of four people is not told of as a kind either, nor found from the one kind beside it.
	expect(whole!.kinds.some(({ kind }) => kind === 'check.asked')).toBe(false);
	expect(whole!.kinds.find(({ kind }) => kind === 'item.new')!.pushes).toBe(30);
});

test('a steward reads of their spaces alone, members nothing', async () => {
	const { whole, spaces, leftOut } = await readMeter(db, steward, now);
	expect(whole).toBeNull();
	expect(spaces.map(({ name }) => name)).toEqual(['Large']);
	expect(leftOut).toBe(0);
	await expect(readMeter(db, people[0]!, now)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('a fall is told to who looks after all, once, with what rose and what it was about', async () => {
	await db.execute(sql`delete from notification`);
	await db.execute(sql`delete from push_week`);
	await db.execute(sql`delete from push_week_kind`);
	await db.execute(sql`delete from drip_receipt`);
	const { id: survey } = (await row<{ id: string }>(
		db,
		sql`insert into item (id, kind, space_id, author_id, title) values (gen_random_uuid(), 'survey', ${large!}, ${steward.id}, 'How are you?') returning id`
	))!;
	for (let ago = 14; ago > 1; ago -= 1) {
		const [pushes, own] = [100, [75, 72, 78, 74][ago % 4]!];
		await db.execute(
			sql`insert into push_week (week, pushes, own, receivers) values (${week(ago)}::date, ${pushes}, ${own}, 12)`
		);
		await db.execute(sql`insert into push_week_kind values (${week(ago)}::date, 'item.new', 'self', ${own}, 12),
			(${week(ago)}::date, 'survey.opened', 'organisation', ${pushes - own}, 12)`);
	}
	for (let times = 0; times < 4; times += 1) await came(1, large!, 12, 'organisation', 'survey.opened');
	await came(1, large!, 12, 'self');
	await db.execute(sql`update notification set item_id = ${survey} where kind = 'survey.opened'`);
	await countWeeks(db, now);
	await countWeeks(db, now);
	const told = () =>
		rows<{ person_id: string; note: string }>(
			db,
			sql`select person_id, data ->> 'note' as note from notification where kind = 'autonomy.fell'`
		);
	await until(async () => (await told()).length > 0);
	expect(await told()).toEqual([{ person_id: admin.id, note: 'Last week 20\u00a0%, usually 75\u00a0%.' }]);
	const { whole } = await readMeter(db, admin, now);
	expect(whole!.fall).toMatchObject({
		...{ rule: 'below', week: week(1) },
		rose: [{ label: 'A survey in one of your spaces', about: [{ title: 'How are you?', count: 48 }] }]
	});
	// Another week without one says nothing of the last.
	expect((await readMeter(db, admin, new Date(now.getTime() + 7 * 86_400_000))).whole!.fall).toBeNull();
});
