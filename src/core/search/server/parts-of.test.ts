import { expect, test } from 'vitest';
import { createItem } from '#src/core/items/server/write.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { putParts } from './parts.ts';
import { partsOf, partsOfAll } from './parts-of.ts';

const { db } = await testDatabase();

test('an item is pointed into by its headings, pages and slides, for who may read it', async () => {
	const spaceId = await aSpace(db, { access: 'closed' });
	const author = await aPerson(db, { spaces: [spaceId] });
	const write = (bodyMd: string) =>
		db.transaction((tx) => createItem(tx, author, { kind: 'page', spaceId, title: 'Goods back', bodyMd }));
	const [text, paged] = [await write('# Without a **receipt**\n\nLook.\n\n## By card\n\nSo.'), await write('A file.')];
	await putParts(db, paged, [
		{ locator: 'Page 1', suffix: '#page-1', text: 'One' },
		{ locator: 'Page 31', suffix: '?view=2#page-31', text: 'Two' },
		{ locator: 'Annex', suffix: '#annex', text: 'Three' },
		{ locator: 'Annex', suffix: '#annex', text: 'Four' }
	]);
	const found = await partsOfAll(db, author, [paged, text]);
	expect(found[1]).toMatchObject({ title: 'Goods back', pages: 0, slides: 0, film: false });
	expect(found[1]!.headings.map(({ label }) => label)).toEqual(['Without a receipt', 'By card']);
	expect(found[0]).toMatchObject({ pages: 31, slides: 0, headings: [{ id: 'annex', label: 'Annex' }] });
	expect(await partsOf(db, await aPerson(db), text)).toBeUndefined();
});
