import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** A text to be taken over: one of the two. */
export interface Source {
	html?: string;
	markdown?: string;
}

export interface Rendered {
	bodyMd: string;
	bodyHtml: string;
	/** It was longer than the house takes. */
	cut: boolean;
}

/** Texts a message to a thread: enough to make its cost small. */
const PORTION = 100;

/** Rendering is most of an import's work, so threads share it. */
export class RenderPool {
	#workers: Worker[] = [];
	#waiting = new Map<number, { done(results: Rendered[]): void; fail(error: Error): void }>();
	#next = 0;
	#failure: Error | undefined;

	constructor(threads = Math.min(4, availableParallelism())) {
		for (let count = 0; count < threads; count += 1) this.#workers.push(this.#start());
	}

	/** Renders the texts; the results stand in their order. */
	async render(sources: Source[]): Promise<Rendered[]> {
		const portions: Promise<Rendered[]>[] = [];
		for (let from = 0; from < sources.length; from += PORTION)
			portions.push(this.#send(sources.slice(from, from + PORTION)));
		return (await Promise.all(portions)).flat();
	}

	async close(): Promise<void> {
		await Promise.all(this.#workers.map((worker) => worker.terminate()));
	}

	#start(): Worker {
		const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
			execArgv: [],
			// Texts are small: a thread that is given more room only collects later.
			resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }
		});
		worker.on('message', ({ id, results }: { id: number; results: Rendered[] }) => {
			this.#waiting.get(id)?.done(results);
			this.#waiting.delete(id);
		});
		worker.on('error', (error) => {
			this.#failure = error as Error;
			for (const { fail } of this.#waiting.values()) fail(this.#failure);
			this.#waiting.clear();
		});
		return worker;
	}

	#send(sources: Source[]): Promise<Rendered[]> {
		if (this.#failure) return Promise.reject(this.#failure);
		const id = (this.#next += 1);
		return new Promise((done, fail) => {
			this.#waiting.set(id, { done, fail });
			this.#workers[id % this.#workers.length]!.postMessage({ id, sources });
		});
	}
}
