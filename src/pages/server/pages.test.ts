import { expect, test } from 'vitest';
import { addComment } from '#src/core/items/server/comments.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { editPage, pageToEdit, writePage } from './pages.ts';
import { readPage } from './read.ts';

const { db } = await testDatabase();

test('a page is written, read, changed, and keeps what is said of it', async () => {
	const spaceId = await aSpace(db);
	const [author, reader] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const id = await writePage(db, author, { spaceId, title: 'Opening', bodyMd: '# Doors\n\nPush.', tags: ['shop'] });
	await addComment(db, reader, id, { bodyMd: 'Which one?' });
	await markHelped(db, reader, id, { minutesSaved: 5, note: '' });
	await editPage(db, author, id, {
		title: 'Opening',
		bodyMd: 'Pull.',
		tags: [],
		note: 'It opens the other way',
		version: 1
	});
	const page = await readPage(db, reader, id);
	expect(page).toMatchObject({
		title: 'Opening',
		bodyHtml: '<p>Pull.</p>\n',
		version: 2,
		helpedCount: 1,
		helpedMinutes: 5
	});
	expect(page).toMatchObject({ canEdit: false, canWrite: true, path: [], beside: [], mine: { helped: true } });
	expect(page.comments.map(({ author }) => author.name)).toEqual([reader.name]);
	await expect(
		editPage(db, author, id, { title: 'x', bodyMd: 'y', tags: [], note: '', version: 1 })
	).rejects.toMatchObject({ kind: 'conflict' });
});

test('pages of closed spaces are not there for others, nor are questions pages', async () => {
	const spaceId = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [spaceId] });
	const outsider = await aPerson(db);
	const id = await writePage(db, member, { spaceId, title: 'Ours', bodyMd: 'x', tags: [] });
	await expect(readPage(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(pageToEdit(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	const colleague = await aPerson(db, { spaces: [spaceId] });
	await expect(pageToEdit(db, colleague, id)).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await pageToEdit(db, member, id)).toMatchObject({ title: 'Ours', bodyMd: 'x', version: 1 });
	await expect(readPage(db, member, 'no-id')).rejects.toMatchObject({ kind: 'not_found' });
	await expect(writePage(db, outsider, { spaceId, title: 'Mine', bodyMd: 'x', tags: [] })).rejects.toMatchObject({
		kind: 'forbidden'
	});
});

test('an imported page knows its folder and its neighbours', async () => {
	const spaceId = await aSpace(db);
	const author = await aPerson(db, { spaces: [spaceId] });
	const ids: Record<string, string> = {};
	for (const path of [
		'01-guides/index.md',
		'01-guides/shop/a.md',
		'01-guides/shop/b.md',
		'other.md',
		'01-guides/shop/deep/c.md'
	]) {
		ids[path] = await writePage(db, author, { spaceId, title: path, bodyMd: 'x', tags: [] });
		await db.execute(
			sql`update item set provenance = ${JSON.stringify({ source: 'markdown:x', id: path })}::text::jsonb where id = ${ids[path]}`
		);
	}
	const page = await readPage(db, author, ids['01-guides/shop/a.md']!);
	expect(page.path).toEqual([
		{ name: '01-guides/index.md', pageId: ids['01-guides/index.md'] },
		{ name: 'Shop', pageId: null }
	]);
	expect(page.beside.map(({ title }) => title)).toEqual(['01-guides/shop/a.md', '01-guides/shop/b.md']);
});
