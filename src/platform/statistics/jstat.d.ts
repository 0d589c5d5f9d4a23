/** The parts of jstat that are used here: it comes without types. */
declare module 'jstat' {
	interface Normal {
		/** P(X ≤ x) */
		cdf(x: number, mean: number, deviation: number): number;
		inv(p: number, mean: number, deviation: number): number;
	}
	interface ChiSquare {
		/** P(X ≤ x) */
		cdf(x: number, freedom: number): number;
	}
	interface Student {
		cdf(x: number, freedom: number): number;
		inv(p: number, freedom: number): number;
	}
	interface JStat {
		normal: Normal;
		chisquare: ChiSquare;
		studentt: Student;
		/** ln (x - 1)! */
		gammaln(x: number): number;
	}
	const jstat: { jStat: JStat };
	export default jstat;
}
