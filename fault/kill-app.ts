import { once } from 'node:events';
import { fault } from './lib/rounds.ts';

/** kill -9 of the application; its database goes on as an orphan until the next start. */
export default fault('kill-app', async (trellis, start) => {
	const exited = once(trellis.process, 'exit');
	trellis.process.kill('SIGKILL');
	await exited;
	return start();
});
