import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Sink {
	url: string;
	/** Mails taken, how many different ones by Message-ID, and to how many addresses of envelopes. */
	count(): Promise<{ count: number; different: number; receivers: number }>;
	/** Each Message-ID and how often it came. */
	list(): Promise<Map<string, number>>;
	clear(): Promise<unknown>;
	stop(): void;
}

/**
 * A local mail server in a process of its own that takes everything as fast as it can.
 * @param delay milliseconds it waits before it says that it took a mail
 */
export async function startSink(delay = 0): Promise<Sink> {
	const child = fork(join(import.meta.dirname, 'mail-sink.ts'), [], {
		env: { ...process.env, DELAY_MS: String(delay) },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	/** One question at a time. */
	let last: Promise<unknown> = Promise.resolve();
	const ask = <T>(what: string): Promise<T> => {
		const answer = last.then(async () => {
			const said = once(child, 'message');
			child.send(what);
			return ((await said) as [T])[0];
		});
		last = answer;
		return answer;
	};
	return {
		url: `smtp://127.0.0.1:${port}`,
		count: () => ask('count'),
		list: async () => new Map((await ask<{ taken: [string, number][] }>('list')).taken),
		clear: () => ask('clear'),
		stop: () => child.disconnect()
	};
}
