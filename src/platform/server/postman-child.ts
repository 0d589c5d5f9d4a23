/**
 * The process that hands mails over. It is one of its own so that it outlives the worker that
 * started it: a worker that is killed leaves no mail half told, because this ends what is on
 * its way, notes it, and goes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from './config.ts';
import { connect } from './db.ts';
import { startMail, stopMail } from './mail.ts';
import { LEAST_PAUSE_MS, Postman } from './postman.ts';

/** Without work it stays for so long. */
const IDLE_MS = 20_000;
/** After work the next look comes soon: whoever makes many mails is still at it. */
const SOON_MS = 50;

const config = readConfig();
startMail(config);
const { db, close } = connect(config.DATABASE_URL!, 3, { statement_timeout: 30_000 });
const postman = new Postman(db, process.argv[2]);
let ending = false;
let wake = new AbortController();

const end = () => {
	ending = true;
	postman.stop();
	wake.abort();
};
process.on('disconnect', end);
// The worker was gone before this could hear of it.
if (process.send && !process.connected) end();
process.on('SIGTERM', end);
// Ctrl-C in a terminal reaches every process: the one that started this says when to go.
process.on('SIGINT', () => {});

for (let idle = 0; !ending && idle < IDLE_MS;) {
	const count = await postman.sendWhatWaits().catch(() => 0); // the database is away: later
	const pause = count > 0 && postman.pause === LEAST_PAUSE_MS ? SOON_MS : postman.pause;
	idle = count > 0 ? 0 : idle + pause;
	wake = new AbortController();
	if (!ending) await sleep(pause, undefined, { signal: wake.signal }).catch(() => {});
}
stopMail();
await close();
process.exit(0);
