import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { onVisit, visitedLately } from '#src/platform/server/visits.ts';

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
 * And while people ask for pages it mostly stands still, unless there are processors enough for both.
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
	if (availableParallelism() <= FEW && wraps().bound.length > 0) child.once('exit', pausing(pid));
}

/** Up to so many processors a page meets a parser at its own. */
export const FEW = 4;
/** While people ask for pages: milliseconds of work, and of the rest after it. */
const GOING = 5;
const STILL = 120;
/** After so many milliseconds of rest the rests are shorter: somebody waits for this work, too. */
const PATIENCE = 90_000;
const SHORT = 15;

/**
 * Stops a group of processes again and again while people ask for pages, and at once when one begins to wait:
 * seldom enough that hardly one in twenty of them meets it.
 * @returns ends it
 */
function pausing(pid: number): () => void {
	let stopped = false;
	let rested = 0;
	let clock: NodeJS.Timeout | undefined;
	const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
		try {
			process.kill(-pid, name);
		} catch {
			// It has ended already.
		}
	};
	const rest = () => {
		clearTimeout(clock);
		stopped = true;
		const still = rested < PATIENCE ? STILL : SHORT;
		rested += still;
		signal('SIGSTOP');
		clock = setTimeout(goOn, still);
	};
	const goOn = () => {
		stopped = false;
		signal('SIGCONT');
		clock = setTimeout(() => (visitedLately() ? rest() : goOnFreely()), GOING);
	};
	const goOnFreely = () => void (clock = undefined);
	const forget = onVisit(() => {
		if (!stopped) rest();
	});
	return () => {
		forget();
		clearTimeout(clock);
	};
}
