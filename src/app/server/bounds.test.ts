import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { BODY_LIMIT, boundArrival, boundedServer, FILE_LIMIT, refuseTooLarge } from './bounds.ts';

/** As the application serves, with less patience: a second for the head of a request, one and a half for all of it. */
const server = boundedServer(
	async (request, response) => {
		if (refuseTooLarge(request, response)) return;
		boundArrival(request, { allMs: 1_500, silenceMs: 800 });
		let bytes = 0;
		try {
			for await (const chunk of request) bytes += (chunk as Buffer).length;
		} catch {
			return; // the caller was cut off
		}
		response.end(String(bytes));
	},
	{ headersTimeout: 1_000, connectionsCheckingInterval: 100 }
).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}`;
afterAll(() => server.close());

/** Sends the beginning of a request, then a letter at a time, until the server ends it. @returns what it answered */
async function drip(begin: string, letter: string): Promise<string> {
	const socket: Socket = connect(port, '127.0.0.1');
	let answer = '';
	socket.on('data', (chunk) => {
		answer += chunk;
		if (answer.startsWith('HTTP/1.1 200')) socket.end();
	});
	socket.on('error', () => {}); // written into a closed connection
	socket.write(begin);
	const timer = setInterval(() => socket.write(letter), 100);
	await once(socket, 'close');
	clearInterval(timer);
	return answer;
}

test('a caller who sends the head of a request drop by drop is cut off, and holds up nobody', async () => {
	const slow = Array.from({ length: 200 }, () => drip('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'));
	expect(await (await fetch(url)).text()).toBe('0');
	for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
});

test(
	'a caller who sends the body drop by drop is cut off; a large file may take its time, but not fall silent',
	{ retry: 2 },
	async () => {
		// A busy machine may hold a letter back for longer than silence is suffered.
		const body = (path: string, letter: string) =>
			drip(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 25\r\n\r\n`, letter);
		expect(await body('/', 'a')).toBe('');
		// Twenty-five letters take two and a half seconds.
		expect(await body('/files/uploads', 'a')).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*25$/);
		expect(await body('/files/uploads', '')).toBe('');
	}
);

test('more than may be brought is refused before it is read, in words for people and for programs', async () => {
	const body = 'a'.repeat(BODY_LIMIT);
	expect(await (await fetch(url, { method: 'POST', body })).text()).toBe(String(BODY_LIMIT));
	const refused = await fetch(url, { method: 'POST', body: `${body}a` });
	expect(refused.status).toBe(413);
	expect(refused.headers.get('content-type')).toBe('application/problem+json');
	expect(await refused.json()).toMatchObject({ status: 413, detail: expect.stringContaining('1 MB at most') });
	const page = await fetch(url, { method: 'POST', body: `${body}a`, headers: { accept: 'text/html' } });
	expect(page.headers.get('content-type')).toContain('text/html');
	expect(await page.text()).toContain('what you wrote is still there');
	expect((await fetch(`${url}/files`, { method: 'POST', body: `${body}a` })).status).toBe(200);
	for (const path of ['/files', '/links/import']) {
		const whole = { method: 'POST', body: 'a'.repeat(FILE_LIMIT), headers: { accept: 'text/html' } };
		expect((await fetch(`${url}${path}`, whole)).status).toBe(200);
		const answer = await fetch(`${url}${path}`, { ...whole, body: `${whole.body}a` });
		expect(answer.status).toBe(413);
		expect(await answer.text()).toContain('10 MB at most');
	}
});

test('a body of unknown size is refused where it must be small, and taken where files are', async () => {
	const send = async (path: string) => {
		const asking = ask(`${url}${path}`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
		asking.end('some text');
		const [answer] = (await once(asking, 'response')) as [IncomingMessage];
		answer.resume();
		return answer.statusCode;
	};
	expect(await send('/questions/new')).toBe(411);
	expect(await send('/files/uploads')).toBe(200);
});

test('a head that is too large, or is none, is refused', async () => {
	expect(await drip(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n`, 'a')).toMatch(/^HTTP\/1.1 431 /);
	expect(await drip('HELLO\r\n\r\n', 'a')).toMatch(/^HTTP\/1.1 400 /);
});
