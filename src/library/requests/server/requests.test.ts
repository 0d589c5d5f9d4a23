import { expect, test } from 'vitest';
import { writePage } from '#src/pages/server/pages.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newRequest, shown, thanks } from '../input.ts';
import { listRequests, readRequest } from './read.ts';
import { editRequest, giveThanks, makeRequest, showFor, showNoMore, takeBackThanks } from './requests.ts';

const { db } = await testDatabase();
const filter = { limit: 10, show: 'open' as const };

async function aBoard() {
	const spaceId = await aSpace(db);
	const [asker, helper] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const input = parse(newRequest, { spaceId, title: 'Who can show me how to wrap a large parcel?', tags: 'parcels' });
	const id = await makeRequest(db, asker, input);
	const page = (author = helper, more = {}) =>
		writePage(db, author, { spaceId, title: 'Wrapping', bodyMd: 'So.', tags: [], ...more });
	return { spaceId, asker, helper, id, page };
}

test('a request is shown something, thanked for, and counts as answered', async () => {
	const { spaceId, asker, helper, id, page } = await aBoard();
	const pageId = await page();
	await showFor(db, helper, id, parse(shown, { itemId: `https://trellis.example/pages/${pageId}#top` }).itemId);
	await showFor(db, helper, id, pageId);
	expect((await listRequests(db, asker, { ...filter, space: spaceId })).items).toMatchObject([{ id, shownCount: 1 }]);
	await expect(giveThanks(db, helper, id, parse(thanks, { itemId: pageId }))).rejects.toMatchObject({
		kind: 'forbidden'
	});
	await giveThanks(db, asker, id, parse(thanks, { itemId: pageId, minutesSaved: '25', note: 'No more tape.' }));
	expect(await readRequest(db, helper, id)).toMatchObject({ answered: true, shown: [{ id: pageId, helpedCount: 1 }] });
	expect(await row(db, sql`select minutes_saved from helped where item_id = ${pageId}`)).toEqual({ minutes_saved: 25 });
	expect((await listRequests(db, asker, { ...filter, space: spaceId })).items).toEqual([]);
	await takeBackThanks(db, asker, id);
	expect((await readRequest(db, asker, id)).answered).toBe(false);
});

test('what was found by oneself answers too, without praise for oneself', async () => {
	const { asker, id, page } = await aBoard();
	const own = await page(asker);
	await showFor(db, asker, id, own);
	await giveThanks(db, asker, id, parse(thanks, { itemId: own }));
	expect(await readRequest(db, asker, id)).toMatchObject({ answered: true, shown: [{ id: own, helpedCount: 0 }] });
});

test('what a reader may not see is not shown to them, and outsiders show nothing', async () => {
	const { asker, helper, id, page } = await aBoard();
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [secret, ...helper.memberships.keys()] });
	const hidden = await page(insider, { spaceId: secret });
	await showFor(db, insider, id, hidden);
	expect((await readRequest(db, insider, id)).shown).toMatchObject([{ id: hidden }]);
	expect((await readRequest(db, asker, id)).shown).toEqual([]);
	await expect(showFor(db, helper, id, hidden)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(showFor(db, await aPerson(db), id, await page())).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(showFor(db, helper, id, id)).rejects.toMatchObject({ kind: 'invalid' });
});

test('it is taken away by whoever said it or asked, by nobody else', async () => {
	const { asker, helper, id, page } = await aBoard();
	const [one, two] = [await page(), await page()];
	await showFor(db, helper, id, one);
	await showFor(db, asker, id, two);
	await expect(showNoMore(db, helper, id, two)).rejects.toMatchObject({ kind: 'forbidden' });
	await showNoMore(db, helper, id, one);
	await showNoMore(db, asker, id, two);
	await expect(showNoMore(db, asker, id, two)).rejects.toMatchObject({ kind: 'not_found' });
	const edit = { title: 'Who can show me how to wrap?', bodyMd: '', tags: [], note: '', version: 1 };
	expect(await editRequest(db, asker, id, edit)).toBe(2);
	await expect(editRequest(db, asker, id, edit)).rejects.toMatchObject({ kind: 'conflict' });
});
