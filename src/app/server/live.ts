import { Live } from '#src/core/notify/server/live.ts';
import { app } from './runtime.ts';

let live: Live | undefined;

/** Begins to listen for what open pages are told; called once when the process starts. */
export async function startLive(): Promise<void> {
	live = new Live(app().db);
	await live.listen(app().client);
}

/** The open pages of this process. */
export function livePages(): Live {
	if (!live) throw new Error('The application has not been started.');
	return live;
}

export const stopLive = (): void => live?.end();
