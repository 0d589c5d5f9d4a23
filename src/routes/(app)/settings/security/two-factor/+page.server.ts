import { redirect } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { code } from '#src/core/people/input.ts';
import { ownProfile } from '#src/core/people/server/profiles.ts';
import {
	beginSecondFactor,
	confirmSecondFactor,
	removeSecondFactor,
	renewBackupCodes,
	secondFactorOf
} from '#src/core/people/server/second-factor.ts';
import { totpAddress } from '#src/core/people/server/totp.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { on, codesLeft } = await secondFactorOf(db, viewer);
	if (on) return { on, codesLeft };
	const secret = await beginSecondFactor(db, viewer);
	const { email } = await ownProfile(db, viewer);
	const picture = renderSVG(totpAddress(secret, email, 'Trellis'), { border: 2 });
	return {
		...{ on, codesLeft, secret: secret.match(/.{4}/g)!.join(' ') },
		qr: `data:image/svg+xml,${encodeURIComponent(picture)}`
	};
};

/** Carries out a form that ends with new backup codes, to be shown once. */
const withCodes =
	(work: (db: Db, viewer: Viewer, code: string) => Promise<string[]>) =>
	({ request, locals }: RequestEvent) =>
		act(request, async (values) => ({
			codes: await work(app().db, requireViewer(locals.viewer), parse(code, values).code)
		}));

export const actions: Actions = {
	confirm: withCodes(confirmSecondFactor),
	renew: withCodes(renewBackupCodes),
	remove: ({ request, locals }) =>
		act(request, async (values) => {
			await removeSecondFactor(app().db, requireViewer(locals.viewer), parse(code, values).code);
			redirect(303, '/settings/security');
		})
};
