import type { CountedRow, Distribution, Part } from './views.ts';
import { topRows } from './workplace/rated.ts';

/** A row of a rated table as it is shown. */
export interface ShownRating {
	row: CountedRow;
	/** The share of the upper half of the scale; null where it cannot be told apart. */
	high: number | null;
	/** The parts that most chose. */
	modes: Part[];
	top: boolean;
}

/** Where the upper half of a scale begins. */
export const upperFrom = (steps: number) => Math.ceil(steps / 2);

/** How many chose the upper half of a scale; null where it was put together with something else. */
export function highOf({ parts }: Distribution, steps: number): { chosen: number; parts: Part[] } | null {
	const upper = (place: number) => place >= upperFrom(steps) && place < steps;
	if (parts.some(({ places }) => places.some(upper) && !places.every(upper))) return null;
	const high = parts.filter(({ places }) => places.every(upper));
	return { chosen: high.reduce((sum, { count }) => sum + count, 0), parts: high };
}

/** The part of those who chose what may be chosen among others. */
export const chosenOf = (all: Distribution | null): Part | undefined =>
	all?.parts.find(({ places }) => places.join() === '1');

/** Rows of a rated table: in the order asked, with what most chose and the five at the top. */
export function rate(rows: readonly CountedRow[], steps: number): ShownRating[] {
	const highs = rows.map(({ all }) => {
		const high = all && highOf(all, steps);
		return high ? high.chosen / all.n : null;
	});
	const end = ({ all }: CountedRow) => all?.parts.find(({ places }) => places.join() === `${steps - 1}`)?.share ?? 0;
	const top = topRows(rows.map((row, at) => ({ high: highs[at]!, end: end(row) })));
	return rows.map((row, at) => ({ row, high: highs[at]!, modes: modesOf(row.all), top: top.has(at) }));
}

/** Of parts that stand for several options, none is what most chose. */
function modesOf(all: Distribution | null): Part[] {
	const most = Math.max(0, ...(all?.parts.map(({ count }) => count) ?? []));
	const modes = all?.parts.filter(({ count }) => count === most) ?? [];
	return modes.every(({ places }) => places.length === 1) ? modes : [];
}

/** "31 %", never on two lines. */
export const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;

/** "+4": a difference of shares in points. */
export function points(difference: number): string {
	const whole = Math.round(difference * 100);
	return whole > 0 ? `+${whole}` : whole < 0 ? `−${-whole}` : '0';
}

/** "Not important, Quite important together". */
export const partLabel = ({ labels }: Pick<Part, 'labels'>) =>
	labels.length > 1 ? `${labels.join(', ')} together` : labels[0]!;
