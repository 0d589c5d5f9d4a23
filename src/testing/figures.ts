import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newMark, newMetric } from '#src/metrics/input.ts';
import { addMark } from '#src/metrics/server/marks.ts';
import { readIntake } from '#src/metrics/server/read.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { makeMetric } from '#src/metrics/server/write.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What a figure is, unless told. */
export const tickets = { title: 'Tickets solved', unit: 'tickets', better: 'more', every: 'day', people: '12' };

/** How values come in, unless told. */
export const typed = { way: 'typed', decimal: 'point', replace: false } as const;

/** A figure without values; give more to differ from the default. */
export const aMetric = (db: Db, viewer: Viewer, spaceId: string, more: Record<string, unknown> = {}): Promise<string> =>
	makeMetric(db, viewer, parse(newMetric, { spaceId, ...tickets, ...more }));

/** A figure with a month of values, a mark, and a line that was put aside. */
export async function aFigure(
	db: Db,
	viewer: Viewer,
	spaceId: string
): Promise<{ id: string; mark: string; aside: string }> {
	const id = await aMetric(db, viewer, spaceId);
	const lines = Array.from({ length: 30 }, (_, at) => ({
		...{ line: at + 1, day: `2026-03-${String(at + 1).padStart(2, '0')}`, value: 40 + ((at * 7) % 5) }
	}));
	await takeIn(db, viewer, id, [...lines, { line: 31, day: '2026-03-01', value: 44 }], typed);
	const mark = await addMark(db, viewer, id, parse(newMark, { day: '2026-03-20', label: 'The new job aid' }));
	const [aside] = (await readIntake(db, viewer, id)).aside;
	return { id, mark, aside: aside!.id };
}
