import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { tendedSpace } from '../../server/tended.ts';
import type { Newcomers } from '../insight.ts';
import { clockOf } from './clock.ts';
import { readNewcomers } from './newcomers.ts';

/** What those who look after a space may want to do, and why. */
export interface Insights {
	/** How long the viewer's working day is, in minutes: what ages are told in. */
	dayMinutes: number;
	newcomers: Newcomers;
}

/**
 * What there is to do in a space, for whoever looks after it.
 * @throws Failure not_found, forbidden
 */
export async function readInsights(db: Db, viewer: Viewer, spaceId: string, now = new Date()): Promise<Insights> {
	await tendedSpace(db, viewer, spaceId);
	const { dayMinutes } = await clockOf(db, viewer, now);
	return { dayMinutes, newcomers: await readNewcomers(db, viewer, spaceId, now) };
}
