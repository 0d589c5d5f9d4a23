import type { Viewer } from '#src/core/access/server/viewer.ts';
import { removeKept } from '#src/core/keeping/server/change.ts';
import { keptAmong } from '#src/core/keeping/server/read.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import { keepEntry } from '../keep.ts';
import { markAllRead, markRead } from '../reads.ts';
import { listed } from '../stream.ts';
import type { ReaderOperation } from './call.ts';
import { ALL, feedId, labelId, numberOf, plainStream, READ, STARRED, streamOf, UNREAD } from './ids.ts';
import { subscriptionsByName } from './subscriptions.ts';

/** Entries marked with one call at most. */
const MOST = 10_000;

/** Marks entries as read or kept, or as not; marks that readers have for themselves are passed over. */
export const editTag: ReaderOperation = async ({ db, viewer, fields }) => {
	const numbers = fields.getAll('i').map(numberOf);
	if (numbers.length === 0 || numbers.length > MOST) throw invalid({ i: `names one item at least, ${MOST} at most` });
	const [added, removed] = [fields.getAll('a').map(plainStream), fields.getAll('r').map(plainStream)];
	const ids = await entriesOf(db, numbers);
	if (added.includes(READ)) await markRead(db, viewer, { ids, read: true });
	if (removed.includes(READ) || added.includes(UNREAD)) await markRead(db, viewer, { ids, read: false });
	if (added.includes(STARRED)) for (const id of ids) await star(db, viewer, id);
	if (removed.includes(STARRED))
		for (const id of Object.values(await keptAmong(db, viewer, ids))) await removeKept(db, viewer, id);
	return 'OK';
};

/** A star is what is called keeping here. What is kept already stays as it is; what is not theirs to read is passed over. */
async function star(db: Db, viewer: Viewer, id: string): Promise<void> {
	if ((await keptAmong(db, viewer, [id]))[id]) return;
	await keepEntry(db, viewer, id, { note: '', tags: [] }).catch((error: unknown) => {
		if (!(error instanceof Failure) || error.kind !== 'not_found') throw error;
	});
}

async function entriesOf(db: Db, numbers: string[]): Promise<string[]> {
	const found = await rows<{ id: string }>(
		db,
		sql`select id from feed_entry where number = any(${array(numbers, 'text')}::bigint[])`
	);
	return found.map(({ id }) => id);
}

/** Marks a stream as read, up to the moment the reader names: nothing newer that came in between. */
export const markAllAsRead: ReaderOperation = async ({ db, viewer, fields }) => {
	const { state, ...chosen } = streamOf(fields.get('s') ?? '');
	if (state) throw invalid({ s: 'must be a feed, a label or the reading list' });
	const ts = fields.get('ts') ?? '';
	if (ts && !/^\d{10,17}$/.test(ts)) throw invalid({ ts: 'must be a time in microseconds' });
	// Some readers send seconds or milliseconds.
	const milliseconds = Number(ts.padEnd(16, '9').slice(0, 13));
	const until = new Date(ts ? milliseconds + 1 : Date.now() + 1).toISOString();
	await markAllRead(db, viewer, { ...chosen, until });
	return 'OK';
};

export const unreadCount: ReaderOperation = async ({ db, viewer }) => {
	const found = await rows<{ id: string; count: number; usec: string }>(
		db,
		sql`with ${listed(viewer, { show: 'unread' })}
			select source ->> 'subscriptionId' as id, count(*)::int as count,
				(extract(epoch from max(found_at)) * 1000000)::bigint::text as usec
			from line cross join lateral json_array_elements(line.sources) source group by 1`
	);
	const [total] = await rows<{ count: number; usec: string }>(
		db,
		sql`with ${listed(viewer, { show: 'unread' })}
			select count(*)::int as count, coalesce(extract(epoch from max(found_at)) * 1000000, 0)::bigint::text as usec from line`
	);
	const labels = new Map((await subscriptionsByName(db, viewer)).map(({ id, label }) => [id, label]));
	const byLabel = Map.groupBy(found, ({ id }) => labels.get(id) ?? '');
	byLabel.delete('');
	const sums = [...byLabel].map(([label, all]) => ({
		...{ id: labelId(label), count: all.reduce((sum, { count }) => sum + count, 0) },
		usec: all
			.map(({ usec }) => usec)
			.sort()
			.at(-1)!
	}));
	const counts = [{ id: ALL, ...total! }, ...sums, ...found.map((each) => ({ ...each, id: feedId(each.id) }))];
	return {
		max: total!.count,
		unreadcounts: counts.map(({ id, count, usec }) => ({ id, count, newestItemTimestampUsec: usec }))
	};
};
