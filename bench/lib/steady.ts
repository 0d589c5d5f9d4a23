import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Requests for a page, one each so many milliseconds, whether the last has been answered or not. */
const EVERY = 50;

interface Page {
	url: string;
	cookie: string;
}

/** How long a request took, in milliseconds, and when it began. */
interface Asked {
	at: number;
	took: number;
}

/** Somebody who asks for a page at a steady pace, on a thread of its own: what the measure itself does holds up none of it. */
export interface Reader {
	/** Milliseconds of the requests that begin while something is done. */
	during(work: Promise<unknown>): Promise<number[]>;
	stop(): Promise<void>;
}

export function startReader(page: Page): Reader {
	const worker = new Worker(new URL(import.meta.url), { workerData: page });
	const asked: Asked[] = [];
	let failed: Error | undefined;
	worker.on('message', (one: Asked) => asked.push(one));
	worker.on('error', (error) => (failed = error));
	return {
		async during(work) {
			const from = Date.now();
			await work;
			const to = Date.now();
			// The last ones are still under way.
			await wait(1_000);
			if (failed) throw failed;
			return asked.filter(({ at }) => at >= from && at < to).map(({ took }) => took);
		},
		stop: async () => void (await worker.terminate())
	};
}

async function ask({ url, cookie }: Page): Promise<void> {
	const at = Date.now();
	const begin = performance.now();
	const response = await fetch(url, { headers: { cookie } });
	await response.text();
	if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
	parentPort!.postMessage({ at, took: performance.now() - begin } satisfies Asked);
}

if (!isMainThread) setInterval(ask, EVERY, workerData as Page);
