import autocannon from 'autocannon';
import { median } from './numbers.ts';

export interface Load {
	url: string;
	method?: 'GET' | 'POST';
	headers?: Record<string, string>;
	body?: string;
	/** What differs from request to request; each connection takes them in turns. */
	requests?: { headers: Record<string, string> }[];
	/** Requests under way at once. */
	connections?: number;
	/** Requests in all; give this or seconds. */
	amount?: number;
	seconds?: number;
}

/**
 * Sends requests from a bounded number of connections.
 * @returns requests a second, and the times in milliseconds
 * @throws when an answer is an error: what fails fast would look fast
 */
export async function load({ connections = 16, amount, seconds = 5, ...request }: Load) {
	const result = await autocannon({
		...request,
		connections,
		...(amount ? { amount } : { duration: seconds }),
		excludeErrorStats: true
	});
	const failed = result.non2xx + result.errors + result.timeouts;
	if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${request.url} failed.`);
	return {
		rate: result.requests.total / result.duration,
		p50: result.latency.p50,
		p97: result.latency.p97_5,
		p99: result.latency.p99,
		bytes: result.throughput.total / result.requests.total
	};
}

/**
 * The rates of two servers measured in turns, so that what else the machine does hits
 * both: the ratio of their medians.
 */
export async function ratio(subject: Load, baseline: Load, rounds = 3): Promise<number> {
	const rates: { subject: number[]; baseline: number[] } = { subject: [], baseline: [] };
	await load({ ...subject, seconds: 2, amount: undefined });
	await load({ ...baseline, seconds: 2, amount: undefined });
	for (let round = 0; round < rounds; round++) {
		rates.subject.push((await load(subject)).rate);
		rates.baseline.push((await load(baseline)).rate);
	}
	console.log(
		`subject ${rates.subject.map(Math.round).join(' ')}, baseline ${rates.baseline.map(Math.round).join(' ')} requests a second`
	);
	return median(rates.subject) / median(rates.baseline);
}
