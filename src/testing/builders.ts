import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { SESSION_COOKIE, startSession } from '#src/core/people/server/sessions.ts';
import { person } from '#src/core/people/server/schema.ts';
import { space, spaceMember } from '#src/core/spaces/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

let count = 0;

/** A person, member of the given spaces; give more columns to differ from the default. */
export async function aPerson(
	db: Db,
	{
		spaces = [],
		steward = false,
		...columns
	}: Partial<typeof person.$inferInsert> & { spaces?: string[]; steward?: boolean } = {}
): Promise<Viewer> {
	const id = newId();
	count += 1;
	await db
		.insert(person)
		.values({ id, name: `Person ${count}`, email: `person${count}-${id.slice(-8)}@example.org`, ...columns });
	for (const spaceId of spaces) {
		await db.insert(spaceMember).values({ spaceId, personId: id, role: steward ? 'steward' : 'member' });
	}
	return viewerOf(db, id);
}

/** The person's rights as they are now: ask again after a change. */
export async function viewerOf(db: Db, personId: string): Promise<Viewer> {
	const viewer = await loadViewer(db, personId);
	if (!viewer) throw new Error(`No active person ${personId}.`);
	return viewer;
}

/** An open community; give more columns to differ from the default. */
export async function aSpace(db: Db, columns: Partial<typeof space.$inferInsert> = {}): Promise<string> {
	const id = newId();
	await db.insert(space).values({
		...{ id, slug: `space-${id.slice(-12)}`, name: 'A space', kind: 'community', access: 'open' },
		...columns
	});
	return id;
}

/** The cookie of a person who has signed in, for requests over HTTP and for browsers. */
export async function aCookie(db: Db, personId: string): Promise<{ name: string; value: string }> {
	return { name: SESSION_COOKIE, value: await startSession(db, personId, 'test') };
}
