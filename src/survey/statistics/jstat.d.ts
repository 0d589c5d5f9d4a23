/** The parts of jstat that are used here: it comes without types. */
declare module 'jstat' {
	interface Normal {
		/** P(X ≤ x) */
		cdf(x: number, mean: number, deviation: number): number;
		inv(p: number, mean: number, deviation: number): number;
	}
	const jstat: { jStat: { normal: Normal } };
	export default jstat;
}
