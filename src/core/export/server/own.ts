import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, type Db, type SQL } from '#src/platform/server/db.ts';

/** Something a room keeps of a person: a file of the archive, and what a line of its README says of it. */
export interface OwnList {
	/** `proofs` becomes proofs.json. */
	name: string;
	about: string;
	list(db: Db, viewer: Viewer): AsyncIterable<unknown>;
}

const lists: OwnList[] = [];

/** Declares what of a person's own belongs into their archive: a room says it once, when it is wired. */
export function exportsOwn(...added: OwnList[]): void {
	for (const each of added) if (!lists.some(({ name }) => name === each.name)) lists.push(each);
}

export const ownLists = (): readonly OwnList[] => lists;

/** A file of what one query brings. @example ownFile('goals', 'goals you set', (me) => sql`select … where person_id = ${me}`) */
export const ownFile = (name: string, about: string, query: (personId: string) => SQL): OwnList => ({
	...{ name, about },
	async *list(db: Db, viewer) {
		yield* await rows(db, query(viewer.id));
	}
});
