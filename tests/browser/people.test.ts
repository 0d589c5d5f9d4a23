import { expect, test } from 'vitest';
import { orgRole } from '#src/core/people/server/schema.ts';
import { setPassword } from '#src/core/people/server/sign-in.ts';
import { totp } from '#src/core/people/server/totp.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
await aSpace(house.db, { kind: 'organisation', slug: 'everybody', name: 'Harbour Works' });
const password = 'correct horse battery';

/** Somebody with a password. */
async function withPassword(email: string) {
	const person = await aPerson(house.db, { email });
	await setPassword(house.db, person.id, password);
	return person;
}

test('a passkey made on this device signs in, and no more once it is removed', async () => {
	const url = house.url.replace('127.0.0.1', 'localhost');
	const page = await house.signedIn(await withPassword('pat@example.org'));
	const cookies = await page.context().cookies();
	await page.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url })));
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
			...{ isUserVerified: true, automaticPresenceSimulation: true }
		}
	});
	await page.goto(`${url}/settings/security`);
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	const name = page.getByLabel('Name of the passkey');
	await name.waitFor();
	await name.fill('My desk');
	await page.getByRole('button', { name: /Save the name/ }).click();
	await page.getByText('Your passkeys are saved').waitFor();
	const signInByPasskey = async () => {
		await page.context().clearCookies();
		await page.goto(`${url}/sign-in?to=/people`);
		await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	};
	await signInByPasskey();
	await page.waitForURL(`${url}/people`);
	await page.goto(`${url}/settings/security`);
	expect(await page.getByLabel('Name of the passkey').inputValue()).toBe('My desk');
	await page.getByRole('button', { name: 'Remove My desk' }).click();
	await page.getByText('Your passkeys are saved').waitFor();
	await signInByPasskey();
	await page.getByText('This passkey is not known here').waitFor();
});

test('without JavaScript: two-factor is set up, and the next sign-in asks for the code', async () => {
	const person = await withPassword('fay@example.org');
	const page = await house.signedIn(person, { javaScriptEnabled: false });
	await page.goto('/settings/security/two-factor');
	const secret = (await page.locator('code').first().innerText()).replaceAll(' ', '');
	const step = Math.floor(Date.now() / 30_000);
	await page.getByLabel('Code').fill(totp(secret, step - 1));
	await page.getByRole('button', { name: 'Turn on' }).click();
	expect(await page.locator('.codes li').count()).toBe(10);
	const backup = await page.locator('.codes li').first().innerText();
	await page.context().clearCookies();
	await page.goto('/sign-in?to=/people');
	await page.getByLabel('E-mail').fill('fay@example.org');
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await page.getByLabel('Code').fill('000000');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByText('This code is not right').waitFor();
	await page.goto('/people');
	expect(page.url()).toContain('/sign-in');
	await page.goto('/sign-in/code?to=/people');
	await page.getByLabel('Code').fill(backup);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(`${house.url}/people`);
});

test('an admin invites by link, and a newcomer joins with their time zone', async () => {
	const admin = await aPerson(house.db, { name: 'Ada Admin' });
	await house.db.insert(orgRole).values({ personId: admin.id, role: 'admin' });
	const page = await house.signedIn(admin);
	await page.goto('/admin/people');
	await page.getByRole('button', { name: 'Invite' }).click();
	const link = await page.getByLabel('Link of the invitation').inputValue();
	const newcomer = await house.page({ timezoneId: 'Asia/Tokyo' });
	await newcomer.goto(link, { waitUntil: 'networkidle' });
	await newcomer.getByLabel('E-mail').fill('new@else.example');
	await newcomer.getByLabel('Your name').fill('Nell Newcomer');
	await newcomer.getByLabel('Password').fill('short');
	await newcomer.getByRole('button', { name: 'Join' }).click();
	await newcomer.getByText('Password needs at least 12 characters').waitFor();
	expect(await newcomer.getByLabel('Your name').inputValue()).toBe('Nell Newcomer');
	await newcomer.getByLabel('Password').fill(password);
	await newcomer.getByRole('button', { name: 'Join' }).click();
	await newcomer.waitForURL(`${house.url}/`);
	await newcomer.goto('/settings/profile');
	expect(await newcomer.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
	const late = await house.page();
	expect((await late.goto(link))!.status()).toBe(404);
});

test('signing out everywhere else reaches the other browser at once', async () => {
	const person = await withPassword('two@example.org');
	const [desk, phone] = [await house.signedIn(person), await house.signedIn(person)];
	await phone.goto('/people');
	expect(phone.url()).toBe(`${house.url}/people`);
	await desk.goto('/settings/security');
	await desk.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await desk.getByText('The session has ended').waitFor();
	await phone.goto('/people');
	expect(phone.url()).toContain('/sign-in');
	await desk.goto('/people');
	expect(desk.url()).toBe(`${house.url}/people`);
});

test('without JavaScript: a space is created, and a colleague asks to join and is let in', async () => {
	const steward = await house.signedIn(await aPerson(house.db, { name: 'Stella' }), { javaScriptEnabled: false });
	await steward.goto('/spaces/new');
	await steward.getByLabel('Name').fill('Boat engines');
	await steward.getByLabel('Closed').check();
	await steward.getByRole('button', { name: 'Create space' }).click();
	await steward.waitForURL(`${house.url}/spaces/boat-engines`);
	const other = await house.signedIn(await aPerson(house.db, { name: 'Otto' }), { javaScriptEnabled: false });
	await other.goto('/spaces/boat-engines');
	await other.getByLabel('Why you would like to join').fill('I mend engines');
	await other.getByRole('button', { name: 'Ask to join' }).click();
	await other.getByText('You have asked to join').waitFor();
	await steward.goto('/spaces/boat-engines/members');
	await steward.getByText('I mend engines').waitFor();
	await steward.getByRole('button', { name: 'Let Otto in' }).click();
	await other.goto('/spaces/boat-engines');
	expect(await other.getByRole('link', { name: 'Ask here' }).count()).toBe(1);
	const left = await house.db.execute(sql`select 1 from space_request`);
	expect(left).toHaveLength(0);
});
