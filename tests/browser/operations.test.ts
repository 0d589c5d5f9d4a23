import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { organisation } from '#src/core/people/server/schema.ts';
import { createToken } from '#src/core/api/server/tokens.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { startNode } from '#src/testing/processes.ts';
import { server } from '../../scripts/prepare.js';

const { db, url } = await testDatabase();
await db.insert(organisation).values({ name: 'Harbour Works' });
const spaceId = await aSpace(db);
const person = await aPerson(db, { spaces: [spaceId] });
const { name, value } = await aCookie(db, person.id);
const { token } = await createToken(db, person, { name: 'test', scopes: ['read', 'write'], days: 1 });

const wire = await aWire(new URL(url).searchParams.get('host')!);
const folder = mkdtempSync(join(tmpdir(), 'trellis-operations-'));
const METRICS_TOKEN = 'a token that only the watcher has';
const program = startNode([server], {
	...{ DATABASE_URL: wire.through(url), DATA_DIR: folder, PORT: '0', ORIGIN: '', LOG_LEVEL: 'silent' },
	METRICS_TOKEN
});
await program.printed('Trellis is ready at');
const address = /ready at (\S+)/.exec(program.output())![1]!;
afterAll(async () => {
	program.process.kill('SIGTERM');
	await program.ended();
	wire.end();
	rmSync(folder, { recursive: true, force: true });
});

/** A way to the database that can be cut: a port that passes everything on to a Unix socket. */
async function aWire(sockets: string) {
	const open = new Set<Socket>();
	let isCut = false;
	const server = createServer((near) => {
		if (isCut) return near.destroy();
		const far = connect(join(sockets, '.s.PGSQL.5432'));
		for (const [one, other] of [
			[near, far],
			[far, near]
		] as const) {
			open.add(one);
			one.on('error', () => {}).on('close', () => other.destroy());
			one.pipe(other);
		}
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const cut = () => {
		isCut = true;
		for (const socket of open) socket.destroy();
		open.clear();
	};
	return {
		cut,
		mend: () => (isCut = false),
		through: (url: string) => {
			const { username, password, pathname } = new URL(url);
			return `postgres://${username}:${password}@127.0.0.1:${port}${pathname}`;
		},
		end: () => {
			cut();
			server.close();
		}
	};
}

const page = (path: string, init: RequestInit = {}) =>
	fetch(address + path, {
		redirect: 'manual',
		...init,
		headers: { cookie: `${name}=${value}`, accept: 'text/html', origin: address, ...init.headers }
	});
const api = (path: string, init: RequestInit = {}) =>
	fetch(`${address}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });

test('figures are for this machine, and elsewhere for who has the token', async () => {
	const metrics = (headers: Record<string, string> = {}) => fetch(`${address}/metrics`, { headers });
	expect(await (await metrics()).text()).toContain('# HELP');
	const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
	expect((await metrics(elsewhere)).status).toBe(404);
	expect((await metrics({ ...elsewhere, authorization: 'Bearer wrong' })).status).toBe(404);
	expect((await metrics({ ...elsewhere, authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(200);
});

test('while the database is away pages, forms and API say so, and after it all goes on', async () => {
	const question = new URLSearchParams({ spaceId, title: 'How do I reset the till?', bodyMd: '', seen: 'yes' });
	expect((await page('/questions')).status).toBe(200);
	expect((await api('/me/profile')).status).toBe(200);
	wire.cut();
	const sentence = 'Trellis cannot reach its database just now';
	const seen = await page('/questions');
	expect([seen.status, await seen.text()]).toEqual([503, expect.stringContaining(sentence)]);
	const asked = await page('/questions/new', { method: 'POST', body: question });
	expect([asked.status, await asked.text()]).toEqual([503, expect.stringContaining(sentence)]);
	const called = await api('/me/profile');
	expect(called.headers.get('content-type')).toBe('application/problem+json');
	expect([called.status, await called.json()]).toEqual([
		503,
		expect.objectContaining({ detail: expect.stringContaining(sentence) })
	]);
	expect((await fetch(`${address}/healthz`)).status).toBe(200);
	expect((await fetch(`${address}/readyz`)).status).toBe(503);

	wire.mend();
	await expect.poll(async () => (await fetch(`${address}/readyz`)).status, { timeout: 30_000 }).toBe(200);
	expect((await page('/questions')).status).toBe(200);
	expect((await page('/questions/new', { method: 'POST', body: question })).status).toBe(303);
	expect((await api('/me/profile')).status).toBe(200);
});
