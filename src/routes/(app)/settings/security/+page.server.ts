import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { emailChange, passkeyId, passkeyName, passwordChange, sessionId } from '#src/core/people/input.ts';
import { askForEmailChange, changePassword } from '#src/core/people/server/links.ts';
import { myPasskeys, removePasskey, renamePasskey } from '#src/core/people/server/passkeys.ts';
import { ownProfile } from '#src/core/people/server/profiles.ts';
import { secondFactorOf } from '#src/core/people/server/second-factor.ts';
import { endOtherSessions, endSession, mySessions } from '#src/core/people/server/sessions.ts';
import type { Db } from '#src/platform/server/db.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { email } = await ownProfile(db, viewer);
	return {
		email,
		mail: mailIsOn(),
		passkeys: await myPasskeys(db, viewer),
		secondFactor: await secondFactorOf(db, viewer),
		sessions: await mySessions(db, viewer),
		here: locals.sessionId
	};
};

type Work = (db: Db, viewer: Viewer, values: Record<string, string>, here?: string) => Promise<void>;

/** Carries out a form and shows the page again, with a word on what was done. */
const onSecurity =
	(work: Work, done: string) =>
	({ request, locals }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), values, locals.sessionId);
			redirect(303, `/settings/security?done=${done}`);
		});

export const actions: Actions = {
	password: onSecurity(
		(db, viewer, values, here) => changePassword(db, viewer, here, parse(passwordChange, values)),
		'password'
	),
	email: onSecurity((db, viewer, values) => askForEmailChange(db, viewer, parse(emailChange, values)), 'email'),
	renamePasskey: onSecurity((db, viewer, values) => renamePasskey(db, viewer, parse(passkeyName, values)), 'passkey'),
	removePasskey: onSecurity((db, viewer, values) => removePasskey(db, viewer, parse(passkeyId, values).id), 'passkey'),
	endSession: onSecurity((db, viewer, values) => endSession(db, viewer, parse(sessionId, values).id), 'session'),
	endOthers: onSecurity((db, viewer, _, here) => endOtherSessions(db, viewer.id, here), 'session')
};
