import { newArea } from '#src/community/areas/input.ts';
import { offerArea, shareArea } from '#src/community/areas/server/people.ts';
import { makeArea } from '#src/community/areas/server/write.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, viewerOf } from './builders.ts';

/** Somebody who looks after communities in the organisation. */
export async function aManager(db: Db, about: Parameters<typeof aPerson>[1] = {}): Promise<Viewer> {
	const { id } = await aPerson(db, about);
	await db.insert(orgRole).values({ personId: id, role: 'community_manager' });
	return viewerOf(db, id);
}

/** An area with some spaces that some people share. @returns its id, and who made it */
export async function anArea(
	db: Db,
	spaceIds: string[],
	people: Viewer[],
	manager?: Viewer
): Promise<{ id: string; manager: Viewer }> {
	const by = manager ?? (await aManager(db));
	const id = await makeArea(db, by, newArea.parse({ name: `Area ${newId()}`, spaceIds }));
	for (const person of people) {
		await offerArea(db, by, id, person.id, { duties: ['welcome'], ownWords: '' });
		await shareArea(db, person, id, {});
	}
	return { id, manager: by };
}
