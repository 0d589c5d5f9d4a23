import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleSpaces } from '#src/core/access/server/visibility.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { space } from './schema.ts';

export type Space = typeof space.$inferSelect;

/** A space the viewer may know of. @throws Failure not_found */
export async function spaceById(db: Db, viewer: Viewer, id: string): Promise<Space> {
	const [found] = await db
		.select()
		.from(space)
		.where(and(eq(space.id, id), visibleSpaces(viewer)));
	if (!found) throw notFound('There is no such space, or it is not open to you.');
	return found;
}

/** The same, by the name in its address. */
export async function spaceBySlug(db: Db, viewer: Viewer, slug: string): Promise<Space> {
	const [found] = await db
		.select()
		.from(space)
		.where(and(eq(space.slug, slug), visibleSpaces(viewer)));
	if (!found) throw notFound('There is no such space, or it is not open to you.');
	return found;
}

/** A space as navigation names it. */
export interface SpaceName {
	id: string;
	slug: string;
	name: string;
	allowAnonymous: boolean;
}

/** The spaces the viewer is in and may write in, the organisation's first. */
export async function spacesToWriteIn(db: Db, viewer: Viewer): Promise<SpaceName[]> {
	return db
		.select({ id: space.id, slug: space.slug, name: space.name, allowAnonymous: space.allowAnonymous })
		.from(space)
		.where(and(inArray(space.id, [...viewer.memberships.keys()]), isNull(space.archivedAt)))
		.orderBy(sql`kind <> 'organisation'`, space.name);
}
