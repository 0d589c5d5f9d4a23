import { highOf } from './rate.ts';
import { OTHERS } from './release/show.ts';
import { holm } from './statistics/holm.ts';
import { compareOrdinal } from './statistics/ordinal.ts';
import { kendall } from './statistics/ranking.ts';
import type { CountedRow } from './views.ts';

/** Whether the order of all holds in a group. */
export interface Holds {
	label: string;
	/** How many of the rows can be told in it. */
	rows: number;
	/** Kendall's tau-b of its order and that of the others; null where there is none. */
	agreement: number | null;
	/** Rows that the group rates otherwise than the others, all comparisons of the table considered. */
	differs: { label: string; here: number; others: number }[];
}

const SURE = 0.05;

interface Cell {
	group: string;
	label: string;
	here: [low: number, high: number];
	others: [low: number, high: number];
}

/** For each group: does the order hold, and what differs? Against the others, since the group is part of all. */
export function holdsIn(rows: readonly CountedRow[], steps: number): Holds[] {
	const cells = rows.flatMap((row) => cellsOf(row, steps));
	const adjusted = holm(cells.map(({ here, others }) => compareOrdinal(here, others)?.p ?? 1));
	const sure = new Set(cells.filter((_, at) => adjusted[at]! < SURE));
	const named = cells.filter(({ group }) => group !== OTHERS);
	return [...Map.groupBy(named, ({ group }) => group)].map(([label, list]) => ({
		...{ label, rows: list.length },
		agreement: kendall(
			list.map(({ here }) => share(here)),
			list.map(({ others }) => share(others))
		),
		differs: list
			.filter((cell) => sure.has(cell))
			.map((cell) => ({ label: cell.label, here: share(cell.here), others: share(cell.others) }))
	}));
}

const share = ([low, high]: [number, number]) => high / (low + high);

function cellsOf({ label, groups }: CountedRow, steps: number): Cell[] {
	const halves = groups.map(({ label: group, distribution }) => {
		const high = highOf(distribution, steps);
		return { group, high: high?.chosen ?? null, n: distribution.n };
	});
	if (halves.some(({ high }) => high === null)) return [];
	const [n, high] = [sum(halves.map((one) => one.n)), sum(halves.map((one) => one.high!))];
	return halves.map((one) => ({
		...{ group: one.group, label, here: [one.n - one.high!, one.high!] as [number, number] },
		others: [n - high - (one.n - one.high!), high - one.high!] as [number, number]
	}));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
