import { communityCall, communityCalled } from '#src/community/calls/server/schema.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { writePage } from '#src/pages/server/pages.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson } from './builders.ts';

/** A call for a second about the till, made by a steward of the space to one person. @returns its id */
export async function aCall(db: Db, to: Pick<Viewer, 'id'>, spaceId: string): Promise<string> {
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const id = newId();
	await db.insert(communityCall).values({ id, spaceId, kind: 'second', topic: 'till', byId: steward.id });
	await db.insert(communityCalled).values({ callId: id, personId: to.id });
	return id;
}

/** So many pages about a topic, each of which helped somebody. @returns their ids */
export async function usefulPages(
	db: Db,
	author: Viewer,
	spaceId: string,
	tag: string,
	many: number
): Promise<string[]> {
	const reader = await aPerson(db, { spaces: [spaceId] });
	const ids = [];
	for (let at = 1; at <= many; at += 1) {
		const id = await writePage(db, author, { spaceId, title: `${tag} ${at}`, bodyMd: 'How it is done.', tags: [tag] });
		await markHelped(db, reader, id, { note: '' });
		ids.push(id);
	}
	return ids;
}
