import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { tendedSpace } from '../../server/tended.ts';
import type { Newcomers, OnHome, Readers, Topic, Unanswered } from '../insight.ts';
import { clockOf } from './clock.ts';
import { onHome } from './hush.ts';
import { readNewcomers } from './newcomers.ts';
import { readReaders } from './readers.ts';
import { singleTopics } from './topics.ts';
import { readUnanswered } from './unanswered.ts';

/** What those who look after a space may want to do, and why. */
export interface Insights {
	/** How long the viewer's working day is, in minutes: what ages are told in. */
	dayMinutes: number;
	newcomers: Newcomers;
	unanswered: Unanswered;
	topics: Topic[];
	readers: Readers;
	onHome: OnHome;
}

/**
 * What there is to do in a space, for whoever looks after it.
 * @throws Failure not_found, forbidden
 */
export async function readInsights(db: Db, viewer: Viewer, spaceId: string, now = new Date()): Promise<Insights> {
	await tendedSpace(db, viewer, spaceId);
	const clock = await clockOf(db, viewer, now);
	const [newcomers, unanswered, topics, readers, shown] = await Promise.all([
		readNewcomers(db, viewer, spaceId, now, clock),
		readUnanswered(db, viewer, spaceId, clock),
		singleTopics(db, viewer, spaceId, now),
		readReaders(db, viewer, spaceId, now),
		onHome(db, viewer, spaceId, now)
	]);
	return { dayMinutes: clock.dayMinutes, newcomers, unanswered, topics, readers, onHome: shown };
}
