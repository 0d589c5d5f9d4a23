/** Quarters of a year, as `2030-Q1`, in UTC. */

/** The quarter of a day. */
export function quarterOf(day: Date): string {
	return `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;
}

/** So many quarters later; earlier where it is negative. */
export function quarterAfter(quarter: string, by: number): string {
	const { year, of } = partsOf(quarter);
	const at = year * 4 + of - 1 + by;
	return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}

/** Its first day, and the first after it. */
export function daysOf(quarter: string): { from: string; to: string } {
	const first = (name: string) => {
		const { year, of } = partsOf(name);
		return `${year}-${String(of * 3 - 2).padStart(2, '0')}-01`;
	};
	return { from: first(quarter), to: first(quarterAfter(quarter, 1)) };
}

const partsOf = (quarter: string) => ({ year: Number(quarter.slice(0, 4)), of: Number(quarter.slice(6)) });

/** "October to December 2030". */
export function quarterInWords(quarter: string): string {
	const { year, of } = partsOf(quarter);
	return `${['January to March', 'April to June', 'July to September', 'October to December'][of - 1]} ${year}`;
}
