import { expect, test } from 'vitest';
import { markHelped } from '#src/core/items/server/helped.ts';
import { deriveFrom } from '#src/core/items/server/relations.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aNeed } from '#src/testing/needs.ts';

const { db } = await testDatabase();
const api = apiClient(db);

/** A page in a space, and what so many say of it. */
async function aPage(spaceId: string, minutes: (number | null)[], note = '') {
	const author = await aPerson(db, { spaces: [spaceId] });
	const id = await writePage(db, author, { spaceId, title: 'Labels', bodyMd: 'Ours counts.', tags: [] });
	for (const minutesSaved of minutes) {
		const reader = await aPerson(db, { spaces: [spaceId] });
		await markHelped(db, reader, id, { minutesSaved: minutesSaved ?? undefined, note });
	}
	return { id, author };
}

test('minutes are added up by space with their quartiles, and by the problem that what helped came from', async () => {
	const spaceId = await aSpace(db, { name: 'Packing' });
	const { id, author } = await aPage(spaceId, [10, 20, 30, 40, 50], 'No more tape.');
	const need = await aNeed(db, author, spaceId);
	await deriveFrom(db, author, id, need);
	const { body } = await api(author, 'GET /what-helped');
	const expected = {
		...{ marks: 5, people: 5, minutes: { people: 5, sum: 150, low: 20, median: 30, high: 40 } },
		says: [{ text: 'No more tape.', title: 'Labels', href: `/pages/${id}` }]
	};
	expect(body.bySpace).toMatchObject([{ id: spaceId, title: 'Packing', ...expected }]);
	expect(body.byNeed).toMatchObject([{ id: need, ...expected }]);
	expect(JSON.stringify(body)).not.toContain('Person ');
	// Another quarter holds none of it.
	expect((await api(author, 'GET /what-helped?quarter=2020-Q1')).body).toMatchObject({
		bySpace: [],
		byNeed: [],
		spacesLeftOut: 0
	});
	expect((await api(author, 'GET /what-helped?quarter=2020-Q5')).status).toBe(422);
});

test('of four people nothing is told, nor in any sum; of minutes nothing while four said them', async () => {
	const [few, some] = [await aSpace(db, { name: 'Few' }), await aSpace(db, { name: 'Some' })];
	await aPage(few, [600, 600, 600, 600], 'Secret words.');
	const { author } = await aPage(some, [10, 20, 30, 40, null]);
	const { body } = await api(author, 'GET /what-helped');
	expect(body.bySpace.map(({ title }: { title: string }) => title)).not.toContain('Few');
	expect(body.spacesLeftOut).toBe(1);
	expect(body.bySpace.find(({ id }: { id: string }) => id === some)).toMatchObject({ people: 5, minutes: null });
	expect(JSON.stringify(body)).not.toContain('Secret words.');
	// One person who says so five times is one person.
	const alone = await aSpace(db, { name: 'Alone' });
	const reader = await aPerson(db, { spaces: [alone] });
	for (let at = 0; at < 5; at += 1) {
		const { id } = await aPage(alone, []);
		await markHelped(db, reader, id, { minutesSaved: 10, note: '' });
	}
	expect((await api(reader, 'GET /what-helped')).body.spacesLeftOut).toBe(2);
});

test('who does not read a space is told nothing of it, and the page comes as PDF', async () => {
	const closed = await aSpace(db, { access: 'closed', name: 'Board room' });
	const { author } = await aPage(closed, [5, 5, 5, 5, 5]);
	const titles = async (viewer: typeof author) =>
		(await api(viewer, 'GET /what-helped')).body.bySpace.map(({ title }: { title: string }) => title);
	expect(await titles(author)).toContain('Board room');
	expect(await titles(await aPerson(db))).not.toContain('Board room');
	await db.execute(sql`insert into organisation (name) values ('Harbour Works') on conflict do nothing`);
	const pdf = await api(author, 'GET /what-helped/pdf');
	expect(pdf.headers.get('content-type')).toBe('application/pdf');
	expect(new TextDecoder('latin1').decode(pdf.raw.slice(0, 5))).toBe('%PDF-');
	expect(pdf.raw.length).toBeGreaterThan(5_000);
});
