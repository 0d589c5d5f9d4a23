/** The value below which the given share of the values lies. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** How long each of `times` calls takes, in milliseconds, one after the other. */
export async function timings(times: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
	const taken: number[] = [];
	for (let index = 0; index < times; index++) {
		const begin = performance.now();
		await call(index);
		taken.push(performance.now() - begin);
	}
	return taken;
}

export const megabytes = (bytes: number) => Math.round(bytes / 1024 ** 2);
