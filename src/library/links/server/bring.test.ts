import { expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newLink } from '../input.ts';
import { bringLinks } from './bring.ts';
import { readLink } from './read.ts';
import { queueDue } from './refresh.ts';
import { shareLink } from './share.ts';

const { db } = await testDatabase();
const kept = (url: string, more = {}) => ({
	url,
	title: '',
	bodyMd: '',
	tags: [],
	addedAt: '2020-05-01T10:00:00.000Z',
	...more
});

test('links come with their own times, once, and nobody is notified; again changes nothing', async () => {
	const spaceId = await aSpace(db);
	const ann = await aPerson(db, { spaces: [spaceId] });
	const mine = await shareLink(db, ann, parse(newLink, { spaceId, url: 'https://known.example/', bodyMd: 'Mine.' }));
	const before = await rows(
		db,
		sql`select 1 from pgboss.job where name = 'event' and data ->> 'name' = 'item.created'`
	);
	const brought = [
		kept('https://one.example/a?utm_source=x', { title: 'One', bodyMd: 'See **this**.', tags: ['tea'] }),
		kept('http://www.one.example/a/'),
		kept('https://two.example/'),
		kept('https://known.example')
	];
	expect(await bringLinks(db, ann, spaceId, 'pocket', brought)).toEqual({ written: 2, present: 2 });
	expect(await bringLinks(db, ann, spaceId, 'pocket', brought)).toEqual({ written: 0, present: 4 });
	const found = await rows<{ id: string; title: string; at: string }>(
		db,
		sql`select id, title, created_at::text as at from item where space_id = ${spaceId} and kind = 'link' and id <> ${mine} order by title`
	);
	expect(found.map(({ title }) => title)).toEqual(['One', 'two.example']);
	expect(found[0]!.at).toMatch(/^2020-05-01/);
	expect(await readLink(db, ann, found[0]!.id)).toMatchObject({
		...{ bodyHtml: '<p>See <strong>this</strong>.</p>\n', tags: ['tea'], version: 1 },
		page: { url: 'https://one.example/a', state: 'waiting' }
	});
	const after = await rows(db, sql`select 1 from pgboss.job where name = 'event' and data ->> 'name' = 'item.created'`);
	expect(after).toHaveLength(before.length);
	expect(await queueDue(db)).toBe(3);
});

test('only members bring links into a space', async () => {
	const spaceId = await aSpace(db);
	await expect(bringLinks(db, await aPerson(db), spaceId, 'pocket', [kept('https://a.example/')])).rejects.toThrow(
		'Join'
	);
});
