import { dispatch, EVENT_QUEUE } from '#src/core/signals/server/events.ts';
import { defineJob } from '#src/platform/server/jobs.ts';

let wired = false;

/** Joins the rooms: each one's jobs and its reactions to the events of others. Once a process. */
export function wire(): void {
	if (wired) return;
	wired = true;
	defineJob(EVENT_QUEUE, dispatch);
}
