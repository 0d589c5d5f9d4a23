import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { z } from 'zod';
import { mailChoice, newDevice, oneItem, pauseFor } from '#src/core/notify/input.ts';
import { allKinds } from '#src/core/notify/kinds.ts';
import { mutedItems, pause, preferencesOf, savePreferences, unmuteItem } from '#src/core/notify/server/preferences.ts';
import { ownStop, resumeOwn } from '#src/core/mail-in/server/read.ts';
import { addDevice, myDevices, removeDevice, snoozeDevice } from '#src/core/notify/server/push/devices.ts';
import { publicPushKey } from '#src/core/notify/server/push/keys.ts';
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
		devices: await myDevices(app().db, viewer),
		publicKey: await publicPushKey(app().db),
		stop: await ownStop(app().db, viewer)
	};
};

const oneDevice = z.object({ id: z.uuid('is not an id') });

export const actions: Actions = {
	save: ({ request, locals }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const choices = allKinds().map(({ name }) => ({
				kind: name,
				inPage: values[`page.${name}`] === 'on',
				mail: parse(mailChoice, values[`mail.${name}`]),
				// Shown where there is a device.
				push: parse(mailChoice.optional(), values[`push.${name}`])
			}));
			await savePreferences(app().db, viewer.id, choices);
			return { saved: true };
		}),
	pause: ({ request, locals }) =>
		act(request, async (values) => pause(app().db, requireViewer(locals.viewer).id, parse(pauseFor, values).for)),
	resume: ({ request, locals }) => act(request, () => resumeOwn(app().db, requireViewer(locals.viewer))),
	device: ({ request, locals }) =>
		act(request, async (values) => {
			const { sessionId } = locals;
			await addDevice(app().db, requireViewer(locals.viewer), parse(newDevice, values), sessionId);
		}),
	snoozeDevice: ({ request, locals }) =>
		act(request, async ({ id, ...values }) =>
			snoozeDevice(app().db, requireViewer(locals.viewer), parse(oneDevice, { id }).id, parse(pauseFor, values).for)
		),
	removeDevice: ({ request, locals }) =>
		act(request, async (values) => removeDevice(app().db, requireViewer(locals.viewer), parse(oneDevice, values).id)),
	unmute: ({ request, locals }) =>
		act(request, async (values) => unmuteItem(app().db, requireViewer(locals.viewer).id, parse(oneItem, values).item))
};
