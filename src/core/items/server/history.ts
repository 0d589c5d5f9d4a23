import { and, eq } from 'drizzle-orm';
import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { itemAddress } from '../address.ts';
import type { Author } from '../author.ts';
import { differenceOf, type Difference, type TextVersion } from '../difference.ts';
import { iso, presentAuthor } from './present.ts';
import { revision } from './schema.ts';
import { editItem } from './write.ts';

export interface Version {
	version: number;
	editor: Author;
	at: string;
	note: string;
}

export interface History {
	id: string;
	kind: string;
	/** Its own title, or that of what it stands beneath. */
	title: string;
	/** Where it is read. */
	address: string;
	version: number;
	mayEdit: boolean;
	/** The newest first. */
	versions: Version[];
}

interface ItemFacts {
	id: string;
	kind: string;
	title: string;
	version: number;
	space_id: string;
	author_id: string;
	anonymous: boolean;
	root_id: string;
	root_kind: string;
}

/** All versions of an item: who wrote each, when and why. @throws Failure not_found */
export async function itemHistory(db: Db, viewer: Viewer, itemId: string): Promise<History> {
	const found = await factsOf(db, viewer, itemId);
	const { id, kind, title, version, root_id: rootId, root_kind: rootKind } = found;
	return {
		...{ id, kind, title, version },
		address: itemAddress({ id, kind, rootId, rootKind }),
		mayEdit: canEdit(viewer, { authorId: found.author_id, spaceId: found.space_id }),
		versions: await versionsOf(db, viewer, found)
	};
}

async function factsOf(db: Db, viewer: Viewer, itemId: string): Promise<ItemFacts> {
	if (!isId(itemId)) throw notFound();
	const found = await row<ItemFacts>(
		db,
		sql`with recursive above as (
				select i.id, i.parent_id, i.kind, i.title, 0 as depth from item i where i.id = ${itemId} and ${visibleItems(viewer, 'i')}
				union all
				select p.id, p.parent_id, p.kind, p.title, a.depth + 1 from item p join above a on p.id = a.parent_id
			)
			select i.id, i.kind, i.version, i.space_id, i.author_id, i.anonymous, root.id as root_id, root.kind as root_kind,
				coalesce(nullif(i.title, ''), root.title) as title
			from item i join (select * from above order by depth desc limit 1) root on true
			where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound();
	return found;
}

async function versionsOf(db: Db, viewer: Viewer, about: ItemFacts): Promise<Version[]> {
	const found = await rows<{
		version: number;
		note: string;
		created_at: string;
		author_id: string;
		author_name: string;
		author_image: string | null;
	}>(
		db,
		sql`select r.version, r.note, r.created_at, p.id as author_id, p.name as author_name, p.image as author_image
			from revision r join person p on p.id = r.editor_id
			where r.item_id = ${about.id} order by r.version desc`
	);
	return found.map(({ version, note, created_at, ...editor }) => ({
		...{ version, note, at: iso(created_at) },
		// Only its author stands unnamed; a steward who corrects it has a name.
		editor: presentAuthor(viewer, { ...editor, anonymous: about.anonymous && editor.author_id === about.author_id })
	}));
}

/** One version as it stood. @throws Failure not_found */
export async function readVersion(
	db: Db,
	viewer: Viewer,
	itemId: string,
	version: number
): Promise<Version & TextVersion> {
	const about = await factsOf(db, viewer, itemId);
	const { title, bodyMd, tags } = await versionOf(db, itemId, version);
	const entry = (await versionsOf(db, viewer, about)).find((one) => one.version === version)!;
	return { ...entry, title, bodyMd, tags };
}

/** What changed from one version of an item to another. @throws Failure not_found */
export async function compareVersions(
	db: Db,
	viewer: Viewer,
	itemId: string,
	from: number,
	to: number
): Promise<Difference> {
	await factsOf(db, viewer, itemId);
	const [before, after] = [await versionOf(db, itemId, from), await versionOf(db, itemId, to)];
	return differenceOf(before, after);
}

async function versionOf(db: Db, itemId: string, version: number) {
	const [found] = await db
		.select()
		.from(revision)
		.where(and(eq(revision.itemId, itemId), eq(revision.version, version)));
	if (!found) throw notFound('There is no such version.');
	return found;
}

/**
 * Makes an old version the newest one: history only grows.
 * @param seen the version that was the newest when this was asked for
 * @throws Failure forbidden for all but its author and stewards; conflict when there is a newer one by now
 */
export async function restoreVersion(
	db: Db,
	viewer: Viewer,
	itemId: string,
	{ version, seen }: { version: number; seen: number }
): Promise<number> {
	return db.transaction(async (tx) => {
		await factsOf(tx, viewer, itemId);
		const { title, bodyMd, tags } = await versionOf(tx, itemId, version);
		const note = `Restored version ${version}`;
		return editItem(tx, viewer, itemId, { title, bodyMd, tags, note, version: seen });
	});
}
