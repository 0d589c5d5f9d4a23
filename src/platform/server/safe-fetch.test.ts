import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { safeFetch, type Allowance } from './safe-fetch.ts';

let port = 0;
const asked: string[] = [];
const server = createServer((request, response) => {
	asked.push(`${request.headers.host}${request.url}`);
	const html = { 'content-type': 'text/html; charset=utf-8' };
	const answers: Record<string, () => unknown> = {
		'/page': () => response.writeHead(200, html).end('<p>hello'),
		'/long': () => response.writeHead(200, html).end('x'.repeat(5000)),
		'/bomb': () =>
			response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
		'/packed': () => response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync('packed')),
		'/odd': () => response.writeHead(200, { ...html, 'content-encoding': 'odd' }).end('x'),
		'/program': () => response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'),
		'/slow': () => response.writeHead(200, html).write('x'),
		'/silent': () => {},
		'/loop': () => response.writeHead(302, { location: '/loop' }).end(),
		'/on': () => response.writeHead(301, { location: '/page' }).end(),
		'/inside': () => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
		'/file': () => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
		'/other': () => response.writeHead(302, { location: 'http://inside.example/' }).end()
	};
	(answers[request.url!] ?? (() => response.writeHead(404, html).end()))();
});

beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	port = (server.address() as AddressInfo).port;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const names: Record<string, string[]> = {
	'site.example': ['127.0.0.1'],
	'inside.example': ['10.0.0.1'],
	'both.example': ['93.184.215.14', '127.0.0.2']
};
const allowance: Allowance = {
	allow: (address, to) => address === '127.0.0.1' && to === port,
	resolve: (host) => Promise.resolve(names[host] ?? [])
};
const bounds = { types: ['text/html'], maxBytes: 1000, timeout: 1500 };
const get = (path: string, more = {}) =>
	safeFetch(`http://site.example:${port}${path}`, { ...bounds, ...more }, allowance);

describe('addresses', () => {
	test.each([
		...[
			'127.0.0.1',
			'127.9.9.9',
			'0.0.0.0',
			'10.1.2.3',
			'172.16.0.1',
			'172.31.255.255',
			'192.168.1.1',
			'169.254.169.254'
		],
		...[
			'100.64.0.1',
			'192.0.0.8',
			'198.18.0.1',
			'224.0.0.1',
			'255.255.255.255',
			'::',
			'::1',
			'fe80::1',
			'fc00::1',
			'fd12::1'
		],
		...[
			'ff02::1',
			'::ffff:127.0.0.1',
			'::ffff:8.8.8.8',
			'64:ff9b::7f00:1',
			'2002:7f00:1::',
			'2001:0:4136::',
			'2001:db8::1',
			'x',
			''
		]
	])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
	test.each(['8.8.8.8', '93.184.215.14', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
		'%s is public',
		(address) => expect(isPublicAddress(address)).toBe(true)
	);
});

describe('refused before anything is asked', () => {
	test.each([
		...['file:///etc/passwd', 'ftp://a.example/', 'javascript:alert(1)', 'nothing', 'http://user:secret@a.example/'],
		...[
			'http://127.0.0.1/',
			'http://localhost/',
			'http://[::1]/',
			'http://0x7f.1/',
			'http://2130706433/',
			'http://017700000001/'
		],
		...[
			'http://169.254.169.254/',
			'http://[::ffff:127.0.0.1]/',
			'http://[fd00:ec2::254]/',
			'http://8.8.8.8:22/',
			'http://0/'
		]
	])('%s', async (url) => {
		await expect(safeFetch(url, bounds)).rejects.toMatchObject({ name: 'FetchRefused' });
	});

	test('a name that also means a private address', async () => {
		await expect(safeFetch('http://both.example/', bounds, allowance)).rejects.toThrow(/public internet/);
	});
});

describe('a server', () => {
	test('is asked by name at the address that was checked', async () => {
		const { body, type, status, url } = await get('/page');
		expect([body.toString(), type, status, url]).toEqual([
			'<p>hello',
			'text/html',
			200,
			`http://site.example:${port}/page`
		]);
		expect(asked.at(-1)).toBe(`site.example:${port}/page`);
	});
	test('may lead on', async () => expect((await get('/on')).url).toMatch(/\/page$/));
	test('may pack its content', async () => expect((await get('/packed')).body.toString()).toBe('packed'));
	test('may be cut short', async () => expect((await get('/long', { cut: true })).body.byteLength).toBe(1000));
	test('answers a bomb with its beginning', async () =>
		expect((await get('/bomb', { cut: true })).body.byteLength).toBe(1000));
	test.each([
		['/loop', /on and on/],
		['/inside', /public internet/],
		['/other', /public internet/],
		['/file', /http and https/],
		['/long', /too long/],
		['/bomb', /too long/],
		['/odd', /unknown way/],
		['/program', /octet-stream/],
		['/slow', /took too long/],
		['/silent', /took too long/]
	])('is refused at %s', async (path, reason) => {
		await expect(get(path)).rejects.toThrow(reason);
	});
	test('that is not there', async () => {
		const gone = safeFetch('http://site.example:1/', bounds, { ...allowance, allow: () => true });
		await expect(gone).rejects.toThrow(/could not be reached/);
	});
});
