import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aMetric, typed } from '#src/testing/figures.ts';
import { newMark } from '../input.ts';
import { readEffect, readEffectPage } from './effect.ts';
import { addMark } from './marks.ts';
import { takeIn } from './take.ts';

const { db } = await testDatabase();

const day = (at: number) => new Date(Date.UTC(2024, 0, 1 + 7 * at)).toISOString().slice(0, 10);
const noise = (at: number, seed: number) => (((at + 3) * seed * (at + 11)) % 101) / 101 - 0.5;
const lines = (value: (at: number) => number) =>
	Array.from({ length: 60 }, (_, at) => ({ line: at + 1, day: day(at), value: value(at) }));

test('an effect is read by who may read the figure, against others that they may read', async () => {
	const spaceId = await aSpace(db);
	const hidden = await aSpace(db, { access: 'secret' });
	const author = await aPerson(db, { spaces: [spaceId, hidden] });
	const reader = await aPerson(db, { spaces: [spaceId] });
	const id = await aMetric(db, author, spaceId, { every: 'week', better: 'less' });
	const open = await aMetric(db, author, spaceId, { every: 'week', title: 'There', unit: 'Tickets' });
	const secret = await aMetric(db, author, hidden, { every: 'week', title: 'Hidden' });
	await takeIn(
		db,
		author,
		id,
		lines((at) => 30 + 4 * noise(at, 7919) - (at >= 36 ? 9 : 0)),
		typed
	);
	expect(await readEffect(db, reader, id, {})).toMatchObject({ mark: null, effect: null });
	for (const other of [open, secret])
		await takeIn(
			db,
			author,
			other,
			lines((at) => 28 + 4 * noise(at, 104729)),
			typed
		);
	const mark = await addMark(db, author, id, parse(newMark, { day: day(36), label: 'A job aid' }));
	const page = await readEffectPage(db, reader, id, { mark });
	expect(page).toMatchObject({ mark: { id: mark }, effect: { kind: 'reckoned', verdict: 'better' } });
	expect(page.others.map(({ name }) => name)).toEqual(['There']);
	expect(page.plots!.wide).toContain('As it would have been');
	expect(await readEffect(db, reader, id, { against: open })).toMatchObject({
		against: { name: 'There' },
		effect: { kind: 'reckoned', verdict: 'better' }
	});
	expect(await readEffect(db, author, id, { against: secret })).toMatchObject({ effect: { kind: 'reckoned' } });
	await expect(readEffect(db, reader, id, { against: secret })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(readEffect(db, reader, secret, {})).rejects.toMatchObject({ kind: 'not_found' });
	await expect(readEffect(db, reader, id, { mark: open })).rejects.toMatchObject({ kind: 'not_found' });
});
