import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { mailChoice, oneItem, pauseFor } from '#src/core/notify/input.ts';
import { allKinds } from '#src/core/notify/kinds.ts';
import { mutedItems, pause, preferencesOf, savePreferences, unmuteItem } from '#src/core/notify/server/preferences.ts';
import { ownStop, resumeOwn } from '#src/core/mail-in/server/read.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	const muted = await mutedItems(app().db, viewer);
	return {
		...(await preferencesOf(app().db, viewer)),
		muted: muted.map(({ id, kind, title }) => ({
			id,
			title,
			href: itemAddress({ id, kind, rootId: id, rootKind: kind })
		})),
		mailIsOn: mailIsOn(),
		stop: await ownStop(app().db, viewer)
	};
};

export const actions: Actions = {
	save: ({ request, locals }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const choices = allKinds().map(({ name }) => ({
				kind: name,
				inPage: values[`page.${name}`] === 'on',
				mail: parse(mailChoice, values[`mail.${name}`])
			}));
			await savePreferences(app().db, viewer.id, choices);
			return { saved: true };
		}),
	pause: ({ request, locals }) =>
		act(request, async (values) => pause(app().db, requireViewer(locals.viewer).id, parse(pauseFor, values).for)),
	resume: ({ request, locals }) => act(request, () => resumeOwn(app().db, requireViewer(locals.viewer))),
	unmute: ({ request, locals }) =>
		act(request, async (values) => unmuteItem(app().db, requireViewer(locals.viewer).id, parse(oneItem, values).item))
};
