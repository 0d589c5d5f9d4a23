import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { onVisit, someoneWaits } from '#src/platform/server/visits.ts';

/** A program that may be installed beside Trellis, by any of its names. */
export function installed(...names: string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

const works = (...words: string[]) =>
	process.platform === 'linux' && spawnSync(words[0]!, [...words.slice(1), 'true']).status === 0;

/** A network namespace with nothing in it, where the system lets this process make one. */
const unshare = ['unshare', '--map-root-user', '--net', '--'];
/** Ends with the process that started it, however that ends. */
const bound = ['setpriv', '--pdeathsig', 'KILL', '--'];

let wrapping: { isolated: string[]; bound: string[] } | undefined;

/** Found out once: what this system can do. */
function wraps() {
	return (wrapping ??= { isolated: works(...unshare) ? unshare : [], bound: works(...bound) ? bound : [] });
}

/**
 * A command that bounds itself before it becomes the program: bytes of data, seconds of the
 * processor, no memory image when it crashes, no network where the system can take it away.
 * @param bounds megabytes and seconds
 */
export function confined(
	program: string,
	args: string[],
	{ data, seconds }: { data: number; seconds: number }
): { command: string; args: string[] } {
	if (process.platform === 'win32') return { command: program, args };
	const script = `ulimit -c 0; ulimit -t ${Math.ceil(seconds)}; ulimit -d ${data * 1024} 2>/dev/null; exec "$@"`;
	const { isolated, bound } = wraps();
	return { command: '/bin/sh', args: ['-c', script, 'sh', ...isolated, ...bound, program, ...args] };
}

/**
 * Lets a confined process of a session of its own do its work when others have little. Linux shares the
 * processor among sessions first (sched(7), autogroup), where the priority within one changes
 * nothing: the session gets a tenth of what another gets, so that its work ends on a busy machine too.
 * And while somebody waits for a page it stands still.
 */
export function giveWay(child: ChildProcess): void {
	const { pid } = child;
	if (!pid) return;
	try {
		setPriority(pid, constants.priority.PRIORITY_LOW);
		if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, '10');
	} catch {
		// It has ended already, or the system has no such groups.
	}
	// One that stands still when Trellis is killed would stand there for ever.
	if (wraps().bound.length > 0) child.once('exit', pausing(pid));
}

/** Milliseconds that it stands still at most, and that it then works at least. */
const STILL = 100;
const GOING = 10;
const LOOK = 4;

/** Stops a group of processes while requests are under way. @returns ends it */
function pausing(pid: number): () => void {
	let since = performance.now();
	let clock: NodeJS.Timeout | undefined;
	const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
		try {
			process.kill(-pid, name);
		} catch {
			// It has ended already.
		}
	};
	const goOn = () => {
		if (someoneWaits() && performance.now() - since < STILL) return;
		clearInterval(clock);
		clock = undefined;
		since = performance.now();
		signal('SIGCONT');
	};
	const forget = onVisit(() => {
		if (clock || performance.now() - since < GOING) return;
		signal('SIGSTOP');
		since = performance.now();
		clock = setInterval(goOn, LOOK);
	});
	return () => {
		forget();
		clearInterval(clock);
	};
}
