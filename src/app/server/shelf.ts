import { bringCheck } from '#src/checks/carry/server/bring-check.ts';
import type { Shelf } from '#src/import/bring/plan.ts';
import { keepBroughtCollection } from '#src/library/collections/server/bring.ts';
import { linksAt, writeLinks } from '#src/library/links/server/bring.ts';
import { keepBroughtFile } from '#src/library/resources/server/bring.ts';

/** Where what is brought is put: the rooms of library and checks, for imports that know none of them. */
export const shelf: Shelf = {
	keepFile: keepBroughtFile,
	keepCollection: keepBroughtCollection,
	keepCheck: bringCheck,
	async keepLinks(db, author, spaceId, source, links) {
		const kept = links.map(({ url, title }) => ({
			url,
			title,
			bodyMd: '',
			tags: [],
			addedAt: new Date().toISOString()
		}));
		await writeLinks(db, author, spaceId, source, kept);
		return linksAt(
			db,
			spaceId,
			links.map(({ url }) => url)
		);
	}
};
