/** The part of autocannon that is used here; it comes without types. */
declare module 'autocannon' {
	interface Latency {
		p50: number;
		p97_5: number;
		p99: number;
	}
	export default function autocannon(options: Record<string, unknown>): Promise<{
		duration: number;
		errors: number;
		timeouts: number;
		non2xx: number;
		requests: { total: number };
		throughput: { total: number };
		latency: Latency;
	}>;
}
