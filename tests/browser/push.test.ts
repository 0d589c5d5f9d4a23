import { createECDH, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CDPSession } from 'playwright-core';
import { addDevice, myDevices } from '#src/core/notify/server/push/devices.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson } from '#src/testing/builders.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();

function aDevice(name: string) {
	const keys = createECDH('prime256v1');
	const p256dh = keys.generateKeys('base64url');
	return { endpoint: `https://push.example/${newId()}`, p256dh, auth: randomBytes(16).toString('base64url'), name };
}

for (const javaScriptEnabled of [true, false])
	test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript: a device is made quiet, rings again, and is taken away`, async () => {
		const reader = await aPerson(house.db);
		await addDevice(house.db, reader, aDevice('Chrome on Android'));
		const page = await house.signedIn(reader, { javaScriptEnabled });
		await page.goto('/settings/notifications');
		await page.getByRole('button', { name: 'Chrome on Android: For a week' }).click();
		await page.getByText(/quiet until/).waitFor();
		expect((await myDevices(house.db, reader))[0]!.snoozedUntil).not.toBeNull();
		await page.getByRole('button', { name: 'Ring again: Chrome on Android' }).click();
		await page.getByText('not told yet').waitFor();
		// Where there is a device, each kind can be chosen for it.
		await page.getByLabel('On devices').first().selectOption('never');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByText('Saved.').waitFor();
		expect(await page.getByLabel('On devices').first().inputValue()).toBe('never');
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByRole('button', { name: 'Off: Chrome on Android' }).click();
		await page.getByText('Chrome on Android').waitFor({ state: 'detached' });
		expect(await myDevices(house.db, reader)).toEqual([]);
	});

test('a browser whose push service does not answer says so', async () => {
	const page = await house.signedIn(await aPerson(house.db));
	await page.context().grantPermissions(['notifications']);
	await page.goto('/settings/notifications');
	await page.getByRole('button', { name: 'Tell me on this device' }).click();
	await page.getByText('The push service of this browser did not answer').waitFor();
	// Chromium reaches no push service from the windows that tests open.
	house.forgive(/Push API/);
});

test('what is pushed is shown, and leads nowhere but into this house', async () => {
	const page = await house.signedIn(await aPerson(house.db));
	await page.context().grantPermissions(['notifications']);
	await page.goto('/settings/notifications');
	const session = await page.context().newCDPSession(page);
	const registrationId = await registered(session, () =>
		page.evaluate(async () => {
			const { installing } = await navigator.serviceWorker.register('/push/worker.js', { scope: '/push/' });
			await new Promise((done) =>
				installing!.addEventListener('statechange', () => installing!.state === 'activated' && done(0))
			);
		})
	);
	const push = (data: string) =>
		session.send('ServiceWorker.deliverPushMessage', { origin: house.url, registrationId, data });
	const shown = () =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration('/push/');
			const all = await registration!.getNotifications();
			return all.map(({ title, body, data }) => ({ title, body, url: data.url as string }));
		});
	await push(JSON.stringify({ title: 'Wim wrote', body: 'Hold the green key.', url: '/pages/1', tag: 'one' }));
	await expect.poll(shown).toEqual([{ title: 'Wim wrote', body: 'Hold the green key.', url: '/pages/1' }]);
	// The same page again takes the place of what was shown of it.
	await push(JSON.stringify({ title: 'Wim wrote again', body: '', url: '//elsewhere.example', tag: 'one' }));
	await expect.poll(shown).toEqual([{ title: 'Wim wrote again', body: '', url: '/notifications' }]);
	await push('no message of ours');
	await expect
		.poll(async () => (await shown()).map(({ title }) => title).sort())
		.toEqual(['Something new for you', 'Wim wrote again']);
});

/** Registers a worker. @returns what the browser calls its registration */
async function registered(session: CDPSession, register: () => Promise<unknown>): Promise<string> {
	const named = new Promise<string>((done) =>
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL.endsWith('/push/') && !isDeleted);
			if (found) done(found.registrationId);
		})
	);
	await session.send('ServiceWorker.enable');
	await register();
	return named;
}
