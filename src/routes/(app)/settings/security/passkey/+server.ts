import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { holdStep, STEP_COOKIE } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newPasskey } from '#src/core/people/input.ts';
import { addPasskey, beginPasskey } from '#src/core/people/server/passkeys.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

/** Without an answer of the device: what it needs to make a passkey. With it: keeps the passkey. */
export const POST: RequestHandler = async (event) => {
	try {
		const viewer = requireViewer(event.locals.viewer);
		const sent: unknown = await event.request.json().catch(() => undefined);
		if (sent === null) {
			const { options, waiting } = await beginPasskey(app().db, viewer, event.url);
			holdStep(event, waiting);
			return json(options);
		}
		const { name, response } = parse(newPasskey, sent);
		const waiting = event.cookies.get(STEP_COOKIE) ?? '';
		await addPasskey(app().db, viewer, event.url, { waiting, name, response: response as never });
		event.cookies.delete(STEP_COOKIE, { path: '/' });
		return json({}, { status: 201 });
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return json({ message: error.message }, { status: error.status });
	}
};
