import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Ground } from '../ground.ts';

/** The room in which analyses are made says what they found; the room that asks people only asks it. */
export interface Grounds {
	/** What the viewer may ask people because of, the newest first. */
	usable(db: Db, viewer: Viewer): Promise<Ground[]>;
	/** Those with these ids, whoever asks: who is asked something may know why. */
	read(db: Db, ids: readonly string[]): Promise<Ground[]>;
}

let registered: Grounds | undefined;

/** Called once at start by the room that has them. */
export function registerGrounds(grounds: Grounds): void {
	registered = grounds;
}

export const usableGrounds = async (db: Db, viewer: Viewer): Promise<Ground[]> =>
	(await registered?.usable(db, viewer)) ?? [];

export const readGrounds = async (db: Db, ids: readonly string[]): Promise<Ground[]> =>
	ids.length > 0 ? ((await registered?.read(db, ids)) ?? []) : [];
