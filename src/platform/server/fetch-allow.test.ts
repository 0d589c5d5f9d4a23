import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readAllowance } from './fetch-allow.ts';
import { openFetch, safeFetch } from './safe-fetch.ts';

afterEach(() => openFetch(undefined));

test('nothing is allowed without a list', () => {
	expect(readAllowance('')).toBeUndefined();
	expect(readAllowance(' , ')).toBeUndefined();
});

test('names, names below a name, addresses and networks', () => {
	const { allow } = readAllowance('wiki.corp.example, *.intra.example 10.20.0.0/16,192.168.7.7 fd00:1::/32')!;
	expect(allow('10.1.1.1', 80, 'WIKI.corp.example')).toBe(true);
	expect(allow('10.1.1.1', 80, 'other.corp.example')).toBe(false);
	expect(allow('10.1.1.1', 80, 'a.b.intra.example')).toBe(true);
	expect(allow('10.1.1.1', 80, 'intra.example')).toBe(false);
	expect(allow('10.1.1.1', 80, 'evilintra.example')).toBe(false);
	expect(allow('10.20.3.4', 80, 'anything.example')).toBe(true);
	expect(allow('10.21.3.4', 80, 'anything.example')).toBe(false);
	expect(allow('192.168.7.7', 80, 'x')).toBe(true);
	expect(allow('fd00:1::5', 80, 'x')).toBe(true);
	expect(allow('fd00:2::5', 80, 'x')).toBe(false);
});

test('a name on the list leads neither to this machine nor to what a cloud tells its machines', () => {
	const { allow } = readAllowance('wiki.corp.example')!;
	for (const address of ['127.0.0.1', '169.254.169.254', '::1', '0.0.0.0']) {
		expect(allow(address, 80, 'wiki.corp.example')).toBe(false);
	}
});

test.each(['http://wiki.example', '10.0.0.0/64', '10.0.0.0/x', 'a b$c'])('%s is refused at the start', (text) => {
	expect(() => readAllowance(text)).toThrow(/FETCH_ALLOW/);
});

test('what the list names can be fetched; without it the same address is refused', async () => {
	const server = createServer((_request, response) =>
		response.writeHead(200, { 'content-type': 'text/html' }).end('in')
	);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const bounds = { types: ['text/html'], maxBytes: 100, timeout: 2000 };
	await expect(safeFetch(url, bounds)).rejects.toMatchObject({ reason: 'private' });
	openFetch(readAllowance('127.0.0.0/8'));
	expect((await safeFetch(url, bounds)).body.toString()).toBe('in');
	server.close();
});
