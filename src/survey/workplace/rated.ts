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
 * The table of a rating: rows stay in the order in which they were asked.
 * Rows with the same `high` are parted by the highest step, then by their order, so that
 * there are never more than five at the top.
 */
export function ratedTable(ratings: readonly Rating[]): RatedRow[] {
	const halves = ratings.map(({ percent }) => {
		const middle = Math.ceil(percent.length / 2);
		return { low: sum(percent.slice(0, middle)), high: sum(percent.slice(middle)) };
	});
	const order = ratings.map((_, at) => at).sort((a, b) => compare(a, b));
	const top = new Set(order.slice(0, TOP));
	return ratings.map((rating, at) => {
		const most = Math.max(...rating.percent);
		const modes = rating.percent.flatMap((share, step) => (share === most ? [step] : []));
		return { ...rating, ...halves[at]!, modes, top: top.has(at) };
	});

	function compare(a: number, b: number): number {
		const ends = (ratings[b]!.percent.at(-1) ?? 0) - (ratings[a]!.percent.at(-1) ?? 0);
		return halves[b]!.high - halves[a]!.high || ends || a - b;
	}
}

/** The rows rated highest and lowest: what is found first. */
export function extremes(rows: readonly RatedRow[]): { highest: RatedRow[]; lowest: RatedRow[] } {
	const values = rows.map(({ high }) => high);
	const at = (value: number) => rows.filter(({ high }) => high === value);
	return { highest: at(Math.max(...values)), lowest: at(Math.min(...values)) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
