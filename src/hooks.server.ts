import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { startRuntime } from '#src/app/server/runtime.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { log } from '#src/platform/server/log.ts';

export const init: ServerInit = async () => {
	await startRuntime();
};

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.requestId = newId();
	event.locals.viewer = undefined;
	return resolve(event);
};

/** A typed failure keeps its status and sentence; anything else is logged and named by its request id only. */
export const handleError: HandleServerError = ({ error, kind, event }) => {
	if (error instanceof Failure) return { status: error.status, message: error.message };
	if (kind !== 'unknown') return;
	const { requestId } = event.locals;
	log.error({ err: error, requestId, route: event.route.id }, 'request failed');
	return { status: 500, message: 'Something went wrong on our side. Nothing you saved is lost.', requestId };
};
