import type { RequestEvent } from '@sveltejs/kit';
import { callerOf } from '#src/core/api/server/caller.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { answerTus } from '#src/core/files/server/tus.ts';
import { forbidden, unauthenticated } from '#src/platform/server/errors.ts';
import { app } from './runtime.ts';

/** Answers tus requests, for one upload or to begin one. */
export async function tus(event: RequestEvent): Promise<Response> {
	return answerTus(app().db, await uploaderOf(event), event.request, event.params.id);
}

/**
 * Who uploads: signed in on a page of ours, or by a personal token with the scope "write".
 * @throws Failure unauthenticated or forbidden
 */
export async function uploaderOf({ request, locals, url }: RequestEvent): Promise<Viewer> {
	const caller = await callerOf(app().db, request, locals.viewer);
	if (!caller) throw unauthenticated('Sign in, or send a personal token as "Authorization: Bearer …".');
	if (!caller.scopes.includes('write')) throw forbidden('This token does not have the scope "write".');
	const origin = request.headers.get('origin');
	if (origin && origin !== url.origin) throw forbidden('Files come from pages of this address only.');
	return caller.viewer;
}
