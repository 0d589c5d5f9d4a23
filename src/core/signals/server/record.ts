import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { signal } from './schema.ts';

/** The verbs of the field (xAPI's vocabulary where it has one). */
export type Verb =
	| 'asked'
	| 'answered'
	| 'commented'
	| 'shared'
	| 'edited'
	| 'accepted'
	| 'helped'
	| 'read'
	| 'searched'
	| 'joined'
	| 'ran'
	| 'opened'
	| 'attempted'
	| 'passed'
	| 'failed';

/** Adds what a person did to their own record. */
export async function record(
	tx: Db,
	actorId: string,
	verb: Verb,
	about: { itemId?: string; spaceId?: string; result?: Record<string, unknown> }
): Promise<void> {
	await tx.insert(signal).values({ id: newId(), actorId, verb, ...about });
}
