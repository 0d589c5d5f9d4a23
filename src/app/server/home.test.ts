import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { flagOutdated, settleFlags } from '#src/core/items/server/flags.ts';
import { askToPass } from '#src/checks/asking/server/ask.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { coming } from '#src/drips/input.ts';
import { letCome, pauseTips } from '#src/drips/server/follow.ts';
import { openTip } from '#src/drips/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aBareCheck, anAsking, anAttempt } from '#src/testing/askings.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { readHome } from './home.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const colleague = await aPerson(db, { spaces: [spaceId] });
const other = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

const waitingFor = async (viewer: Viewer) => (await readHome(db, viewer)).todo;

test('a flag waits for author and stewards, without who said so, until one of them settles it', async () => {
	const page = { kind: 'page', spaceId, title: 'Opening the shop', bodyMd: 'Keys first.' } as const;
	const id = await db.transaction((tx) => createItem(tx, author, page));
	await flagOutdated(db, colleague, id, { note: 'New locks since May.' });
	await Promise.all([flagOutdated(db, other, id, { note: '' }), flagOutdated(db, other, id, { note: '' })]);
	const mine = await waitingFor(author);
	expect(mine).toEqual([{ title: page.title, href: `/pages/${id}`, why: 'A reader thinks this may be outdated' }]);
	expect(await waitingFor(steward)).toMatchObject([{ why: 'May be outdated, in a space you look after' }]);
	expect(await waitingFor(colleague)).toEqual([]);
	await expect(settleFlags(db, colleague, id, { as: 'updated' })).rejects.toMatchObject({ kind: 'forbidden' });
	await settleFlags(db, author, id, { as: 'still_right' });
	expect([...(await waitingFor(author)), ...(await waitingFor(steward))]).toEqual([]);
});

test('what is asked of somebody by law waits on Home, and goes with the pass', async () => {
	const admin = await aPerson(db, { spaces: [spaceId], steward: true });
	const check = await aBareCheck(db, admin, spaceId, 'Lift the pallet jack safely');
	await askToPass(db, admin, check, anAsking({ audience: 'space', spaceId, dueDays: undefined, dueOn: '2099-12-03' }));
	expect((await waitingFor(other))[0]).toEqual({
		...{ title: 'Lift the pallet jack safely', href: `/checks/${check}` },
		why: 'By 3 December 2099 · 8 minutes · Rules for lift trucks, section 7'
	});
	await anAttempt(db, other, check);
	expect(await waitingFor(other)).toEqual([]);
	expect(await waitingFor(colleague)).toHaveLength(1);
});

test('the next tip of each series one follows stands on Home, until it is read or paused', async () => {
	const { id, tips } = await aDrip(db, author, spaceId, { tips: 2 });
	const line = (place: number) => ({
		...{ title: `Tip ${place}`, href: `/drips/${id}/tips/${tips[place - 1]}`, series: 'The till in ten days' }
	});
	const shown = async () => (await readHome(db, colleague)).tips;
	expect(await shown()).toEqual([]);
	await letCome(db, colleague, id, parse(coming, {}));
	expect(await shown()).toEqual([line(1)]);
	await openTip(db, colleague, id, tips[0]!);
	expect(await shown()).toEqual([line(2)]);
	await pauseTips(db, colleague.id, id, 7);
	expect(await shown()).toEqual([]);
});
