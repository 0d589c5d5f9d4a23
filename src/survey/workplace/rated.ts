/** How something was rated, in percent of each step from the lowest to the highest. */
export interface Rating {
	key: string;
	label: string;
	percent: readonly number[];
}

/** A rated row of the table. */
export interface RatedRow extends Rating {
	/** The upper half of the scale together: Very important and Essential. */
	high: number;
	/** The lower half: of little or no value. That this is what "little or no value" means is our reading. */
	low: number;
	/** The steps most chose; several where as many did. */
	modes: number[];
	/** Among the five rated highest. */
	top: boolean;
}

const TOP = 5;

/**
 * The rows at the top: five at most. Those that are equal are parted by `end`, the share of
 * the highest step, then by their order.
 * @param rows `high` is null where it cannot be told: such a row is never at the top
 */
export function topRows(rows: readonly { high: number | null; end: number }[]): Set<number> {
	const known = rows.flatMap(({ high, end }, at) => (high === null ? [] : [{ high, end, at }]));
	known.sort((a, b) => b.high - a.high || b.end - a.end || a.at - b.at);
	return new Set(known.slice(0, TOP).map(({ at }) => at));
}

/** The table of a rating: rows stay in the order in which they were asked. */
export function ratedTable(ratings: readonly Rating[]): RatedRow[] {
	const halves = ratings.map(({ percent }) => {
		const middle = Math.ceil(percent.length / 2);
		return { low: sum(percent.slice(0, middle)), high: sum(percent.slice(middle)) };
	});
	const top = topRows(ratings.map(({ percent }, at) => ({ high: halves[at]!.high, end: percent.at(-1) ?? 0 })));
	return ratings.map((rating, at) => {
		const most = Math.max(...rating.percent);
		const modes = rating.percent.flatMap((share, step) => (share === most ? [step] : []));
		return { ...rating, ...halves[at]!, modes, top: top.has(at) };
	});
}

/** The rows rated highest and lowest: what is found first. */
export function extremes(rows: readonly RatedRow[]): { highest: RatedRow[]; lowest: RatedRow[] } {
	const values = rows.map(({ high }) => high);
	const at = (value: number) => rows.filter(({ high }) => high === value);
	return { highest: at(Math.max(...values)), lowest: at(Math.min(...values)) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
