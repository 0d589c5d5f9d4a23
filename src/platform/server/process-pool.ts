import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

export interface PoolBounds {
	/** Megabytes of objects one process may hold. */
	memory: number;
	/** Milliseconds one piece of work may take. */
	time: number;
	/** Processes at most. */
	size: number;
}

/** Why a piece of work was given up: it took too long, or its process ended (out of memory, most likely). */
export class WorkLost extends Error {
	readonly reason: 'slow' | 'ended';
	constructor(reason: 'slow' | 'ended') {
		super(reason === 'slow' ? 'It took too long to read.' : 'It could not be read: it broke off.');
		this.name = 'WorkLost';
		this.reason = reason;
	}
}

interface Task<I, O> {
	input: I;
	done(output: O): void;
	fail(error: Error): void;
}

interface Helper<I, O> {
	child: ChildProcess;
	task?: Task<I, O>;
	timer?: NodeJS.Timeout;
	did: number;
}

/** A process is replaced after so many pieces of work, so that nothing grows in it. */
const MOST_WORK = 500;
/** How long one that has nothing to do stays. */
const IDLE = 20_000;

/**
 * Processes that read what strangers made: bounded in memory and time, without network of
 * ours or the right to write or to start programs. One may die alone; its work fails, all
 * else goes on. They start when first needed and end when there is nothing to do.
 * @example
 * const pool = new ProcessPool<Input, Output>('src/core/web/server/read-child.ts', { memory: 256, time: 10_000, size: 2 });
 * const output = await pool.run(input);
 */
export class ProcessPool<I, O> {
	readonly #program: string;
	readonly #bounds: PoolBounds;
	readonly #helpers = new Set<Helper<I, O>>();
	readonly #waiting: Task<I, O>[] = [];

	/** @param program its file, from the folder Trellis runs in: it calls `serveWork` */
	constructor(program: string, bounds: PoolBounds) {
		this.#program = resolve(program);
		this.#bounds = bounds;
	}

	/** @throws WorkLost when it took too long or its process ended; whatever the work itself throws */
	run(input: I): Promise<O> {
		return new Promise((done, fail) => {
			this.#waiting.push({ input, done, fail });
			this.#next();
		});
	}

	/** Ends all processes; what is under way fails. */
	close(): void {
		for (const { child } of this.#helpers) child.kill('SIGKILL');
	}

	#next(): void {
		if (this.#waiting.length === 0) return;
		const free = [...this.#helpers].find(({ task }) => !task) ?? this.#start();
		if (!free) return;
		const task = this.#waiting.shift()!;
		clearTimeout(free.timer);
		free.task = task;
		free.did += 1;
		free.timer = setTimeout(() => this.#lose(free, 'slow'), this.#bounds.time);
		free.child.ref();
		free.child.send({ input: task.input }, (error) => error && this.#lose(free, 'ended'));
	}

	#start(): Helper<I, O> | undefined {
		if (this.#helpers.size >= this.#bounds.size) return undefined;
		const child = fork(this.#program, [], {
			// Each piece of work leaves much garbage and nothing else: room for young objects saves collecting them.
			execArgv: [
				`--max-old-space-size=${this.#bounds.memory}`,
				'--max-semi-space-size=32',
				'--permission',
				`--allow-fs-read=${process.cwd()}`
			],
			serialization: 'advanced',
			env: {},
			stdio: ['ignore', 'ignore', 'ignore', 'ipc']
		});
		const helper: Helper<I, O> = { child, did: 0 };
		this.#helpers.add(helper);
		child.on('message', (answer: { output?: O; error?: string }) => this.#finish(helper, answer));
		child.on('error', () => this.#lose(helper, 'ended'));
		child.on('exit', () => this.#lose(helper, 'ended'));
		return helper;
	}

	#finish(helper: Helper<I, O>, { output, error }: { output?: O; error?: string }): void {
		const { task } = helper;
		clearTimeout(helper.timer);
		helper.task = undefined;
		if (error === undefined) task?.done(output as O);
		else task?.fail(new Error(error));
		if (helper.did >= MOST_WORK) this.#end(helper);
		else this.#rest(helper);
		this.#next();
	}

	/** One that rests does not keep Trellis from ending. */
	#rest(helper: Helper<I, O>): void {
		helper.child.unref();
		helper.child.channel?.unref();
		helper.timer = setTimeout(() => this.#end(helper), IDLE).unref();
	}

	#lose(helper: Helper<I, O>, reason: WorkLost['reason']): void {
		const { task } = helper;
		helper.task = undefined;
		this.#end(helper);
		task?.fail(new WorkLost(reason));
		this.#next();
	}

	#end(helper: Helper<I, O>): void {
		clearTimeout(helper.timer);
		this.#helpers.delete(helper);
		helper.child.kill('SIGKILL');
	}
}

/** The other side: does each piece of work that comes, and says how it ended. */
export function serveWork<I, O>(work: (input: I) => O | Promise<O>): void {
	process.on('message', ({ input }: { input: I }) => void answer(work, input));
	process.on('disconnect', () => process.exit(0));
}

async function answer<I, O>(work: (input: I) => O | Promise<O>, input: I): Promise<void> {
	try {
		process.send!({ output: await work(input) });
	} catch (error) {
		process.send!({ error: (error as Error).message });
	}
}
