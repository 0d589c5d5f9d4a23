import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { holdStep, safeTarget, signIn, STEP_COOKIE } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { beginPasskeySignIn, finishPasskeySignIn } from '#src/core/people/server/passkeys.ts';
import { passkeyAnswer } from '#src/core/people/input.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

/** Without an answer of the device: what it needs to give one. With it: signs in. */
export const POST: RequestHandler = async (event) => {
	try {
		const sent: unknown = await event.request.json().catch(() => undefined);
		if (sent === null) {
			const { options, waiting } = await beginPasskeySignIn(app().db, event.url, event.getClientAddress());
			holdStep(event, waiting);
			return json(options);
		}
		const response = parse(passkeyAnswer, sent) as never;
		const waiting = event.cookies.get(STEP_COOKIE) ?? '';
		await signIn(event, await finishPasskeySignIn(app().db, event.url, { waiting, response }));
		event.cookies.delete(STEP_COOKIE, { path: '/' });
		return json({ to: safeTarget(event.url.searchParams.get('to')) });
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return json({ message: error.message }, { status: error.status });
	}
};
