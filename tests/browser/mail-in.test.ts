import { createServer, type AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { post } from '#src/testing/mail-in.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { openHouse } from './house.ts';

/** A port that nobody listens on at this moment. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}

const port = await freePort();
const out = await testMailServer();
const settings = {
	...{ SMTP_URL: out.url, MAIL_FROM: 'Trellis <trellis@learn.example>', MAIL_IN_PORT: String(port) },
	MAIL_IN_AUTHSERV: 'mx.example.org'
};
Object.assign(process.env, settings);
const house = await openHouse();
for (const name of Object.keys(settings)) delete process.env[name];
afterAll(() => out.close());

const spaceId = await aSpace(house.db, { name: 'Shop floor', slug: 'shop-floor' });
const member = await aPerson(house.db, { name: 'Ada Okafor', email: 'ada@example.org', spaces: [spaceId] });
await aPerson(house.db, { name: 'Eve', email: 'eve@example.org' });

/** As the mail server in front passes it on, which has looked at who sent it. */
const mailOf = (from: string, subject: string) => ({
	...{ from, to: 'shop-floor@learn.example', subject, unsigned: true },
	text: 'It hangs after the second receipt.\n\n-- \nAda Okafor\nShop floor',
	headers: { 'Authentication-Results': 'mx.example.org; dmarc=pass header.from=example.org' },
	attachments: [{ filename: 'receipt.txt', content: 'Total 12.40' }]
});

test('a member finds the mail address of a space, writes to it, and the mail is a question there with its file', async () => {
	const page = await house.signedIn(member);
	await page.goto('/spaces/shop-floor');
	const link = page.getByRole('link', { name: 'shop-floor@learn.example' });
	expect(await link.getAttribute('href')).toBe('mailto:shop-floor@learn.example');
	await post(port, mailOf('Ada <ada@example.org>', 'How do I reset the till?'));
	const line = page.getByRole('link', { name: 'How do I reset the till?' });
	await expect
		.poll(async () => (await page.goto('/spaces/shop-floor'), line.count()), { timeout: 30_000, interval: 300 })
		.toBe(1);
	await line.click();
	await page.getByRole('heading', { level: 1, name: 'How do I reset the till?' }).waitFor();
	const text = await page.locator('main').innerText();
	expect(text).toContain('It hangs after the second receipt.');
	expect(text).toContain('receipt.txt');
	expect(text).not.toContain('-- ');
});

test('who is not in the space sees no address, and is refused at the door with a reason', async () => {
	const stranger = await aPerson(house.db);
	const page = await house.signedIn(stranger);
	await page.goto('/spaces/shop-floor');
	expect(await page.getByText('@learn.example').count()).toBe(0);
	await expect(post(port, mailOf('Nobody <nobody@example.org>', 'What is in there, please?'))).rejects.toMatchObject({
		responseCode: 550
	});
});
