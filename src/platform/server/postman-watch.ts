import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Db } from './db.ts';
import { newId } from './ids.ts';
import { mailIsOn, whenQueued } from './mail.ts';
import { giveBackOf, mailWaits } from './postman.ts';

/** It comes with the build where this does. */
const PROGRAM = import.meta.url.includes('/build/server/')
	? 'build/server/postman-child.js'
	: 'src/platform/server/postman-child.ts';

const LOOK_MS = 1000;
/** What this process queued is committed after so long, as a rule. */
const SOON_MS = 50;

let timer: NodeJS.Timeout | undefined;
let child: ChildProcess | undefined;

/**
 * Looks once a second whether mail waits, and soon after this process queued some; starts the process that sends it.
 * In workers only.
 */
export function watchOutbox(db: Db): void {
	if (!mailIsOn()) return;
	let soon = false;
	const look = async () => {
		soon = false;
		// While the database is away there is nothing to send either.
		if (!child && (await mailWaits(db).catch(() => false)) && !child && timer) start(db);
		if (!timer) return;
		clearTimeout(timer);
		timer = setTimeout(look, LOOK_MS);
	};
	timer = setTimeout(look, LOOK_MS);
	whenQueued(() => {
		if (child || soon || !timer) return;
		soon = true;
		setTimeout(look, SOON_MS).unref();
	});
}

/** Small rather than fast is right for what runs always; this one is gone when it has nothing to do. */
const isThrift = (flag: string) => /^--(max-semi-space-size|heap-growing-percent|no-maglev)/.test(flag);

/** In a group of its own: what is sent to the worker's group does not reach it. */
function start(db: Db): void {
	const name = newId();
	const started = fork(resolve(PROGRAM), [name], {
		...{ detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
		execArgv: process.execArgv.filter((flag) => !isThrift(flag))
	});
	child = started;
	for (const end of ['exit', 'error'] as const)
		started.on(end, () => {
			if (child === started) child = undefined;
			// What one that was killed held need not wait until nobody believes in it any more.
			giveBackOf(db, name).catch(() => {});
		});
}

/** Lets what is on its way arrive. */
export async function stopPostman(): Promise<void> {
	clearTimeout(timer);
	timer = undefined;
	const last = child;
	if (!last || last.exitCode !== null || last.signalCode !== null) return;
	const ended = once(last, 'exit');
	if (last.connected) last.disconnect();
	await Promise.race([ended, new Promise((done) => setTimeout(done, 10_000).unref())]);
}
