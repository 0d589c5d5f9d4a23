import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { searchKinds } from '#src/core/search/server/kinds.ts';
import { mayListMisses } from '#src/core/search/server/misses.ts';
import { searchPeople, searchTags } from '#src/core/search/server/people.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { linkStandings } from '#src/library/links/server/checks.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const { db } = app();
	const field = (name: string) =>
		(url.searchParams.get(name) ?? '').slice(0, 2000).toWellFormed().replaceAll('\0', ' ');
	const asked = {
		q: field('q'),
		kind: field('kind'),
		space: field('space'),
		tag: field('tag'),
		author: field('author'),
		after: field('after'),
		before: field('before'),
		archived: field('archived') === 'on'
	};
	const page = Math.max(1, Math.trunc(Number(field('page'))) || 1);
	const results = await searchItems(db, viewer, { ...asked, page });
	return {
		...{ asked, page, results, misses: mayListMisses(viewer) },
		standings: await linkStandings(db, viewer, results.hits),
		people: page === 1 && !asked.kind ? await searchPeople(db, asked.q) : [],
		tags: page === 1 && !asked.kind ? await searchTags(db, viewer, asked.q) : [],
		kinds: searchKinds().map(({ kind, plural }) => ({ value: kind, label: plural })),
		spaces: (await spacesToWriteIn(db, viewer)).map(({ slug, name }) => ({ value: slug, label: name }))
	};
};
