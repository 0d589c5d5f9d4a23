import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process of ours as a test sees it from outside. */
export interface Started {
	process: ChildProcess;
	output(): string;
	/** Waits until it has printed the text. @throws when it ends before */
	printed(text: string): Promise<void>;
	/** Waits for its end. @returns exit code, or the signal that ended it */
	ended(): Promise<number | string>;
}

/** Runs a TypeScript program, or with `-e` a piece of one, in a process of its own. */
export function startNode(args: string[], env: Record<string, string> = {}): Started {
	const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	const end = once(child, 'close') as Promise<[number | null, string | null]>;
	return {
		process: child,
		output: () => output,
		printed: async (text) => {
			while (!output.includes(text)) {
				const more = Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), end]);
				await more;
				if (!output.includes(text) && (child.exitCode !== null || child.signalCode !== null)) {
					throw new Error(`It ended without "${text}": ${output}`);
				}
			}
		},
		ended: async () => {
			const [code, signal] = await end;
			return code ?? signal!;
		}
	};
}
