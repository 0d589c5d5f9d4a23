import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { readItem } from '#src/core/items/server/post.ts';
import type { Provenance } from '#src/core/items/server/schema.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { PagePlace, PageView } from '../page.ts';

/** A page with its comments and its place among others. @throws Failure not_found */
export async function readPage(db: Db, viewer: Viewer, id: string): Promise<PageView> {
	const { provenance, ...page } = await readItem(db, viewer, id, 'page');
	return { ...page, ...(await placeOf(db, viewer, id, provenance)) };
}

const INDEXES = ['index.md', 'README.md', 'readme.md', '_index.md', 'index.mdx', 'README.mdx'];

/** An imported page knows its folder: its way from the top, and its neighbours. */
async function placeOf(db: Db, viewer: Viewer, id: string, provenance: Provenance | null): Promise<PagePlace> {
	const writtenBy = typeof provenance?.by === 'string' ? provenance.by : null;
	// The ids of wikis are numbers, not paths.
	if (!provenance || !/^(markdown|folder):/.test(provenance.source)) return { path: [], beside: [], writtenBy };
	const folders = provenance.id.split('/').slice(0, -1);
	const prefixes = folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`);
	const indexes = prefixes.flatMap((prefix) => INDEXES.map((name) => prefix + name));
	const own = prefixes.at(-1) ?? '';
	const beside = sql`starts_with(i.provenance ->> 'id', ${own}) and position('/' in substr(i.provenance ->> 'id', ${own.length + 1})) = 0`;
	const found = await rows<{ id: string; title: string; ref: string; is_beside: boolean }>(
		db,
		sql`select i.id, i.title, i.provenance ->> 'id' as ref, ${beside} as is_beside from item i
			where i.provenance is not null and i.provenance ->> 'source' = ${provenance.source} and i.kind = 'page'
				and i.state = 'open' and ${visibleItems(viewer, 'i')}
				and (i.provenance ->> 'id' = any(${array(indexes, 'text')}) or ${beside})
			order by ref limit 300`
	);
	const pageAt = (prefix: string) => found.find(({ ref }) => INDEXES.some((name) => ref === prefix + name));
	const neighbours = found.filter(({ is_beside }) => is_beside).map(({ id, title }) => ({ id, title }));
	return {
		path: prefixes.map((prefix, index) => {
			const page = pageAt(prefix);
			return { name: page?.title ?? nameOf(folders[index]!), pageId: page && page.id !== id ? page.id : null };
		}),
		beside: neighbours.length > 1 ? neighbours : [],
		writtenBy
	};
}

/** `01-getting_started` is "Getting started". */
function nameOf(folder: string): string {
	const words = folder.replace(/^\d+[-_.]/, '').replace(/[-_]+/g, ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
