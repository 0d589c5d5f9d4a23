import type { Handle } from '@sveltejs/kit/hooks';
import { newId } from '#src/platform/server/ids.ts';
import { log } from '#src/platform/server/log.ts';
import { requestDuration } from '#src/platform/server/metrics.ts';

/** Names each request, and tells how it ended: by route, never by address, which may hold what people typed. */
export const observe: Handle = async ({ event, resolve }) => {
	const begin = performance.now();
	event.locals.requestId = newId();
	const response = await resolve(event);
	const seen = { method: event.request.method, route: event.route.id ?? 'none', status: response.status };
	noteRequest(event.locals.requestId, seen, begin);
	return response;
};

/** @param begin when it came, by performance.now() */
export function noteRequest(
	requestId: string,
	seen: { method: string; route: string; status: number },
	begin: number
): void {
	const ms = performance.now() - begin;
	requestDuration.observe({ ...seen, status: String(seen.status) }, ms / 1000);
	log.info({ requestId, ...seen, ms: Math.round(ms * 10) / 10 }, 'request');
}
