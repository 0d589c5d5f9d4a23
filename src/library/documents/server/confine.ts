import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program that may be installed beside Trellis, by any of its names. */
export function installed(...names: string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

let isolation: string[] | undefined;

/** A network namespace with nothing in it, where the system lets this process make one. */
function isolated(): string[] {
	if (isolation) return isolation;
	const wrap = ['unshare', '--map-root-user', '--net', '--'];
	const works = process.platform === 'linux' && spawnSync(wrap[0]!, [...wrap.slice(1), 'true']).status === 0;
	return (isolation = works ? wrap : []);
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
	return { command: '/bin/sh', args: ['-c', script, 'sh', ...isolated(), program, ...args] };
}

/**
 * Lets a process of a session of its own do its work when others have little. Linux shares the
 * processor among sessions first (sched(7), autogroup), where the priority within one changes
 * nothing: the session gets a tenth of what another gets, so that its work ends on a busy machine too.
 */
export function giveWay(pid: number): void {
	try {
		setPriority(pid, constants.priority.PRIORITY_LOW);
		if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, '10');
	} catch {
		// It has ended already, or the system has no such groups.
	}
}
