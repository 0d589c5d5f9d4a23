import { expect, test } from 'vitest';
import { newHighlight } from '#src/core/keeping/input.ts';
import { editHighlight, highlight, readMarked, removeHighlight } from '#src/core/keeping/server/highlights.ts';
import { keep, keepItem } from '#src/core/keeping/server/keep.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { readLink } from '#src/library/links/server/read.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { keptShare, shareKept } from './share-kept.ts';

const { db } = await testDatabase();
const api = apiClient(db);
const spaceId = await aSpace(db, { access: 'closed' });
const ada = await aPerson(db, { spaces: [spaceId] });
const bob = await aPerson(db, { spaces: [spaceId] });
const html = '<p>We never counted the <em>drawer</em> twice.</p><p>It took an hour less.</p>';
let count = 0;
const aPage = async (who = ada) => {
	count += 1;
	const url = `https://reads.example/${count}`;
	return (await keep(db, who, { url, title: 'Counting', html }, { note: 'Mine alone', tags: ['tills'] })).id;
};
const mark = (id: string, exact: string, note = '', who = ada) =>
	highlight(db, who, id, newHighlight.parse({ exact, note }));

test('a passage is marked in the text, with its note, by its keeper alone', async () => {
	const id = await aPage();
	const passage = await mark(id, 'counted the\n drawer  twice', 'How?');
	expect(await mark(id, 'counted the drawer twice', 'When?')).toBe(passage);
	const { html: text, highlights } = await readMarked(db, ada, id);
	expect(text).toContain(
		`<mark id="h-${passage}" data-highlight="${passage}">counted the </mark><em><mark data-highlight="${passage}">drawer</mark></em>`
	);
	expect(highlights).toMatchObject([
		{ id: passage, exact: 'counted the drawer twice', note: 'How?\n\nWhen?', isFound: true }
	]);
	await expect(mark(id, 'It took a year longer and more')).rejects.toMatchObject({
		fields: { exact: expect.anything() }
	});
	await expect(mark(id, 'drawer', '', bob)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(editHighlight(db, bob, passage, { note: 'x', version: 2 })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(editHighlight(db, ada, passage, { note: 'x', version: 1 })).rejects.toMatchObject({
		...{ kind: 'conflict', details: { current: { note: 'How?\n\nWhen?', version: 2 } } }
	});
	expect(await editHighlight(db, ada, passage, { note: 'So.', version: 2 })).toBe(3);
	await removeHighlight(db, bob, passage);
	expect((await readMarked(db, ada, id)).highlights).toHaveLength(1);
	await removeHighlight(db, ada, passage);
	expect((await readMarked(db, ada, id)).highlights).toEqual([]);
});

test('a passage of an item is found again after an edit, and kept when it is gone', async () => {
	const page = await db.transaction((tx) =>
		createItem(tx, bob, {
			kind: 'page',
			spaceId,
			title: 'Night',
			bodyMd: 'First the keys. We never count the drawer twice. Then home.'
		})
	);
	const { id } = await keepItem(db, ada, page, { note: '', tags: [] });
	await mark(id, 'We never count the drawer twice.', 'Why?');
	const edit = (bodyMd: string, version: number) =>
		db.transaction((tx) => editItem(tx, bob, page, { bodyMd, version }));
	await edit('New beginning. First all keys. We never count any drawer twice, ever. Then home.', 1);
	const after = await readMarked(db, ada, id);
	expect(after.highlights).toMatchObject([{ isFound: true, note: 'Why?' }]);
	expect(/<mark[^>]*>([^<]*)/.exec(after.html)?.[1]).toMatch(/^We never count any drawer twice/);
	await edit('All is different now.', 2);
	expect((await readMarked(db, ada, id)).highlights).toMatchObject([
		{ isFound: false, exact: 'We never count the drawer twice.', note: 'Why?' }
	]);
});

test('it is shared with why and the passages taken along, and nothing else of one’s own', async () => {
	const id = await aPage();
	const along = await mark(id, 'It took an hour less.', 'An hour of ours.');
	await mark(id, 'never counted', 'Keep this to me');
	const input = {
		spaceId,
		why: 'We could save the **second** count.',
		highlights: along,
		tags: 'tills',
		submission: newId()
	};
	const link = await shareKept(db, ada, id, keptShare.parse(input));
	expect(await shareKept(db, ada, id, keptShare.parse(input))).toBe(link);
	const shown = await readLink(db, bob, link);
	expect(shown).toMatchObject({
		title: 'Counting',
		tags: ['tills'],
		page: { url: `https://reads.example/${count}` },
		comments: []
	});
	expect(shown.bodyHtml).toMatch(
		/<strong>second<\/strong>[^]*<blockquote>[^]*It took an hour less\.[^]*<\/blockquote>[^]*An hour of ours\./
	);
	expect(JSON.stringify(shown)).not.toMatch(/Keep this to me|Mine alone/);
});

test('one page is one link with everybody’s notes', async () => {
	const [mine, its] = [await aPage(), `https://www.reads.example/${count}/?utm_source=x`];
	const link = await shareKept(db, ada, mine, keptShare.parse({ spaceId, why: 'For the yard.' }));
	const { id } = await keep(db, bob, { url: its, html }, { note: '', tags: [] });
	const passage = await mark(id, '*It took an hour less.'.slice(1), '', bob);
	const answer = await api(bob, `POST /me/kept/${id}/shares`, { spaceId, why: 'For us, too.', highlights: [passage] });
	expect(answer).toMatchObject({ status: 201, body: { id: link } });
	const { comments } = await readLink(db, ada, link);
	expect(comments.map(({ bodyHtml }) => bodyHtml).join()).toMatch(/For us, too\.[^]*<blockquote>/);
});

test('why is compulsory; others’ passages, other spaces and what is no page are refused', async () => {
	const id = await aPage();
	const foreign = await mark(await aPage(bob), 'drawer', '', bob);
	const share = (more: object) => api(ada, `POST /me/kept/${id}/shares`, { spaceId, why: 'So.', ...more });
	expect(await share({ why: ' ' })).toMatchObject({ status: 422, body: { errors: { why: expect.anything() } } });
	expect(await share({ highlights: [foreign] })).toMatchObject({ status: 422 });
	expect(await share({ spaceId: await aSpace(db) })).toMatchObject({ status: 403 });
	const page = await db.transaction((tx) =>
		createItem(tx, bob, { kind: 'page', spaceId, title: 'Night', bodyMd: 'Text' })
	);
	const item = await keepItem(db, ada, page, { note: '', tags: [] });
	expect(await api(ada, `POST /me/kept/${item.id}/shares`, { spaceId, why: 'So.' })).toMatchObject({ status: 422 });
	const long = await mark(id, 'counted the drawer', 'x'.repeat(4000));
	expect(await share({ why: 'y'.repeat(2000), highlights: [long] })).toMatchObject({ status: 422 });
	await db.execute(sql`delete from kept where id = ${id}`);
	expect(await share({})).toMatchObject({ status: 404 });
});
