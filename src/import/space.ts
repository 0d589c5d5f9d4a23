import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';

/** Kinds of space an import may make; the organisation's own is made once, by the first run. */
export const SPACE_KINDS = ['community', 'team', 'interest'] as const;
export type SpaceKind = (typeof SPACE_KINDS)[number];

/**
 * The space an import writes into: the one named, or else one named after what is imported.
 * A new one is open, and the organisation's admins are its stewards.
 * @throws Failure not_found where a space is named that does not exist
 */
export async function spaceForImport(
	db: Db,
	{ slug, name, kind = 'community' }: { slug?: string; name: string; kind?: SpaceKind }
): Promise<string> {
	const wanted = slug ?? slugOf(name);
	const found = await row<{ id: string }>(db, sql`select id from space where slug = ${wanted}`);
	if (found) return found.id;
	if (slug) throw notFound(`There is no space "${slug}".`);
	const id = newId();
	await db.transaction(async (tx) => {
		await tx.execute(sql`insert into space (id, slug, name, purpose, kind, access)
			values (${id}, ${wanted}, ${name}, ${`Imported from ${name}.`}, ${kind}, 'open')`);
		await tx.execute(sql`insert into space_member (space_id, person_id, role)
			select ${id}, person_id, 'steward' from org_role where role = 'admin'`);
	});
	return id;
}

const slugOf = (name: string) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, 60) || 'imported';
