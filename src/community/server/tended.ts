import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spaceById, type Space } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { canTend } from './policy.ts';

/** A space, for whoever looks after its people. @throws Failure not_found, forbidden */
export async function tendedSpace(db: Db, viewer: Viewer, spaceId: string): Promise<Space> {
	const space = await spaceById(db, viewer, spaceId);
	allow(canTend(viewer, { spaceId }), 'This is for those who look after the space.');
	return space;
}

/** The same, to do something in it. @throws Failure not_found, forbidden, conflict for an archived one */
export async function spaceToTend(db: Db, viewer: Viewer, spaceId: string): Promise<Space> {
	const space = await tendedSpace(db, viewer, spaceId);
	if (space.archivedAt) throw conflict('This space is archived: nothing new is done in it.');
	return space;
}
