import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { observe } from '#src/app/server/observe.ts';
import { startRuntime, stopRuntime } from '#src/app/server/runtime.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { log } from '#src/platform/server/log.ts';

export const init: ServerInit = async () => {
	await startRuntime();
	process.on('sveltekit:shutdown' as never, stopRuntime);
};

const identify: Handle = async ({ event, resolve }) => {
	event.locals.viewer = undefined;
	return resolve(event);
};

export const handle = sequence(observe, identify);

/** A typed failure keeps its status and sentence; anything else is logged and named by its request id only. */
export const handleError: HandleServerError = ({ error, kind, event }) => {
	if (error instanceof Failure) return { status: error.status, message: error.message };
	if (kind !== 'unknown') return;
	const { requestId } = event.locals;
	log.error({ err: error, requestId, route: event.route.id }, 'request failed');
	return { status: 500, message: 'Something went wrong on our side. Nothing you saved is lost.', requestId };
};
