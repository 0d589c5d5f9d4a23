import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import ece from 'http_ece';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { endSession } from '#src/core/people/server/sessions.ts';
import { takeLeave } from '#src/core/people/server/leave.ts';
import { leaveSpace } from '#src/core/spaces/server/members.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { readAllowance } from '#src/platform/server/fetch-allow.ts';
import { openVault } from '#src/platform/server/vault.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { apiClient } from '#src/testing/api.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { registerKinds } from '../../kinds.ts';
import { notify } from '../fan-out.ts';
import { markRead } from '../read.ts';
import { muteItem, pause, savePreferences } from '../preferences.ts';
import { addDevice, myDevices, removeDevice, snoozeDevice } from './devices.ts';
import { makePushKeys, publicPushKey, pushIdentity } from './keys.ts';
import { pushWhatIsDue } from './work.ts';

const { db } = await testDatabase();
openVault({ SECRET: 'a secret of these tests, long enough', DATA_DIR: '' });
await Promise.all([makePushKeys(db), makePushKeys(db)]);
registerKinds([
	{
		...{ name: 'test.soon', label: 'Soon', group: 'Replies to you', choice: 'self', inPage: true, mail: 'now' },
		sentence: ({ actor, title }) => `${actor} wrote under “${title}”`
	},
	{
		...{
			name: 'test.calm',
			label: 'Calm',
			group: 'New in your spaces',
			choice: 'default',
			inPage: true,
			mail: 'digest'
		},
		sentence: ({ title }) => `New: “${title}”`
	}
]);
const api = apiClient(db);

/** A push service: takes what comes for a device, or answers as it is told to. */
const came = new Map<string, { body: Buffer; headers: IncomingMessage['headers'] }[]>();
const answers = new Map<string, number>();
const service = createServer(async (request, response) => {
	const path = request.url!;
	const body = Buffer.concat(await request.toArray());
	came.set(path, [...(came.get(path) ?? []), { body, headers: request.headers }]);
	response.writeHead(answers.get(path) ?? 201).end();
}).listen(0, '127.0.0.1');
await once(service, 'listening');
const base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
openFetch(readAllowance('127.0.0.1'));
afterAll(() => service.close());

/** A browser that has subscribed, and what it can read of what came for it. */
async function aDevice(viewer: Viewer, sessionId?: string) {
	const keys = createECDH('prime256v1');
	keys.generateKeys();
	const auth = randomBytes(16);
	const path = `/${newId()}`;
	const described = { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url'), name: 'Phone' };
	const device = { endpoint: base + path, ...described };
	const id = await addDevice(db, viewer, device, sessionId);
	// What happens in the same millisecond happened after.
	await db.execute(sql`update push_device set created_at = now() - interval '1 second' where id = ${id}`);
	const read = () =>
		(came.get(path) ?? []).map(({ body }) =>
			JSON.parse(
				ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth.toString('base64url') }).toString()
			)
		);
	return { id, path, device, read, raw: () => came.get(path) ?? [] };
}

async function aRoom(access: 'open' | 'closed' | 'secret' = 'open') {
	const spaceId = await aSpace(db, { access, name: 'Tills' });
	const writer = await aPerson(db, { name: 'Wim', spaces: [spaceId] });
	const reader = await aPerson(db, { spaces: [spaceId] });
	const bodyMd = 'Hold the green key.';
	const page = await writePage(db, writer, { spaceId, title: 'The till', bodyMd, tags: [] });
	const tell = (kind = 'test.soon') =>
		notify(db, { eventId: newId(), kind, itemId: page, actorId: writer.id }, sql`select ${reader.id}::uuid`);
	return { spaceId, writer, reader, page, tell };
}

test('what happens rings on the device: encrypted for it alone, signed by us, once', async () => {
	const { reader, tell, page } = await aRoom();
	const device = await aDevice(reader);
	await tell();
	await pushWhatIsDue(db);
	await pushWhatIsDue(db);
	expect(device.read()).toEqual([
		{ title: 'Wim wrote under “The till”', body: 'Hold the green key.', url: `/pages/${page}`, tag: page }
	]);
	const [{ body, headers }] = device.raw() as [{ body: Buffer; headers: IncomingMessage['headers'] }];
	expect(body.includes('till')).toBe(false);
	expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
	const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization!)!;
	expect(key).toBe(await publicPushKey(db));
	expect(decodeProtectedHeader(token!).alg).toBe('ES256');
	expect(decodeJwt(token!)).toMatchObject({ aud: base, sub: expect.stringMatching(/^(mailto|https):/) });
	expect((await myDevices(db, reader))[0]!.pushedAt).not.toBeNull();
});

test('of a closed space the screen shows what happened, of a secret one nothing', async () => {
	const [closed, secret] = [await aRoom('closed'), await aRoom('secret')];
	const devices = [await aDevice(closed.reader), await aDevice(secret.reader)];
	await closed.tell();
	await secret.tell();
	await pushWhatIsDue(db);
	expect(devices[0]!.read()).toMatchObject([{ title: 'Wim wrote under “The till”', body: 'In Tills' }]);
	expect(devices[1]!.read()).toMatchObject([{ title: 'Something new for you', url: '/notifications' }]);
	expect(JSON.stringify(devices[1]!.read())).not.toMatch(/till|Wim/i);
});

test('what was read, muted, paused, switched off or closed since does not ring', async () => {
	const quiet: ((room: Awaited<ReturnType<typeof aRoom>>) => Promise<unknown>)[] = [
		({ reader }) => markRead(db, reader),
		({ reader, page }) => muteItem(db, reader.id, page),
		({ reader }) => pause(db, reader.id, 'week'),
		({ reader }) => savePreferences(db, reader.id, [{ kind: 'test.soon', inPage: true, mail: 'now', push: 'never' }]),
		({ reader, spaceId }) => leaveSpace(db, reader, spaceId)
	];
	for (const quieten of quiet) {
		const room = await aRoom('closed');
		const device = await aDevice(room.reader);
		await room.tell();
		await quieten(room);
		await pushWhatIsDue(db);
		expect(device.raw(), String(quieten)).toEqual([]);
	}
});

test('on leave nothing rings; what came meanwhile rings once, when the working day after it begins', async () => {
	const { reader, tell } = await aRoom();
	const device = await aDevice(reader);
	await db.execute(
		sql`update push_device set created_at = '2030-03-01', digest_at = '2030-03-13T09:00:00Z' where id = ${device.id}`
	);
	await takeLeave(db, reader, { from: '2030-03-11', until: '2030-03-12', word: '' }, new Date('2030-03-10'));
	await tell();
	await tell('test.calm');
	await db.execute(sql`update notification set created_at = '2030-03-12T10:00:00Z' where person_id = ${reader.id}`);
	for (const at of ['12T10:05', '12T23:59', '13T00:01', '13T08:59'])
		await pushWhatIsDue(db, new Date(`2030-03-${at}:00Z`));
	expect(device.raw()).toEqual([]);
	await pushWhatIsDue(db, new Date('2030-03-13T09:00:00Z'));
	expect(device.read()).toMatchObject([{ title: '2 things for you' }]);
});

test('who wants nothing in the page and no mail is told on devices all the same', async () => {
	const { reader, tell } = await aRoom();
	const device = await aDevice(reader);
	await savePreferences(db, reader.id, [{ kind: 'test.calm', inPage: false, mail: 'never', push: 'now' }]);
	await tell('test.calm');
	await pushWhatIsDue(db);
	expect(device.read()).toMatchObject([{ title: 'New: “The till”' }]);
});

test('what can wait rings once, when the working day begins', async () => {
	const { reader, tell } = await aRoom();
	const device = await aDevice(reader);
	await tell('test.calm');
	await tell('test.calm');
	await pushWhatIsDue(db);
	expect(device.raw()).toEqual([]);
	const due = (await row<{ at: string }>(db, sql`select digest_at as at from push_device where id = ${device.id}`))!;
	const morning = new Date(new Date(due.at).getTime() + 1000);
	// Told an hour before, and never before there was a device.
	const before = new Date(morning.getTime() - 3_600_000).toISOString();
	await db.execute(sql`update notification set created_at = greatest(created_at, ${before}::timestamptz)
		where person_id = ${reader.id}`);
	await pushWhatIsDue(db, morning);
	await pushWhatIsDue(db, morning);
	expect(device.read()).toMatchObject([{ title: '2 things for you', url: '/notifications' }]);
});

test('a device is quiet while it is snoozed, and the others ring', async () => {
	const { reader, tell } = await aRoom();
	const [one, other] = [await aDevice(reader), await aDevice(reader)];
	await snoozeDevice(db, reader, one.id, 'today');
	await tell();
	await pushWhatIsDue(db);
	expect([one.read().length, other.read().length]).toEqual([0, 1]);
	await snoozeDevice(db, reader, one.id, 'off');
	await pushWhatIsDue(db);
	expect([one.read().length, other.read().length]).toEqual([1, 1]);
});

test('a device that is gone is forgotten; one that cannot be reached is tried later, and given up in the end', async () => {
	const { reader, tell } = await aRoom();
	const [gone, away] = [await aDevice(reader), await aDevice(reader)];
	answers.set(gone.path, 410).set(away.path, 503);
	await tell();
	await pushWhatIsDue(db);
	await pushWhatIsDue(db);
	expect((await myDevices(db, reader)).map(({ id }) => id)).toEqual([away.id]);
	expect(away.raw()).toHaveLength(1);
	answers.delete(away.path);
	await db.execute(sql`update push_device set retry_at = now() - interval '1 second' where id = ${away.id}`);
	await pushWhatIsDue(db);
	expect(away.raw()).toHaveLength(2);
	answers.set(away.path, 500);
	await tell();
	await db.execute(sql`update push_device set failures = 9 where id = ${away.id}`);
	await pushWhatIsDue(db);
	expect(await myDevices(db, reader)).toEqual([]);
});

test('two workers at once tell a device once', async () => {
	const { reader, tell } = await aRoom();
	const device = await aDevice(reader);
	await tell();
	await Promise.all([pushWhatIsDue(db), pushWhatIsDue(db), pushWhatIsDue(db)]);
	expect(device.raw()).toHaveLength(1);
});

test('who signs out, or switches it off, is told there no more', async () => {
	const { reader, tell } = await aRoom();
	await aCookie(db, reader.id);
	const session = (await row<{ id: string }>(db, sql`select id from session where person_id = ${reader.id}`))!;
	const [one, other] = [await aDevice(reader, session.id), await aDevice(reader)];
	await endSession(db, reader, session.id);
	await removeDevice(db, reader, other.id);
	await tell();
	await pushWhatIsDue(db);
	expect([...one.raw(), ...other.raw()]).toEqual([]);
});

test('the same browser again is one device, and goes to whoever uses it now', async () => {
	const [reader, next] = [await aPerson(db), await aPerson(db)];
	const { id, device } = await aDevice(reader);
	expect(await addDevice(db, reader, device)).toBe(id);
	expect((await api(next, 'POST /me/push-devices', device)).body).toEqual({ id });
	expect(await myDevices(db, reader)).toEqual([]);
	expect((await api(reader, `DELETE /me/push-devices/${id}`)).status).toBe(404);
	expect((await api(reader, `PUT /me/push-devices/${id}/snooze`, { for: 'week' })).status).toBe(404);
	expect((await api(next, `PUT /me/push-devices/${id}/snooze`, { for: 'week' })).status).toBe(204);
	expect((await api(next, 'GET /me/push-devices')).body.items).toMatchObject([{ snoozedUntil: expect.any(String) }]);
});

test('what is no push service is refused, when it is named or when it is reached', async () => {
	const { reader, tell } = await aRoom();
	const { device } = await aDevice(reader);
	const wrong = [
		{ endpoint: 'http://push.example/x' },
		{ endpoint: 'ftp://push.example/x' },
		{ endpoint: 'https://u:p@push.example/x' },
		{ endpoint: 'nowhere' },
		{ p256dh: 'AAAA' },
		{ p256dh: 'B'.repeat(86).replace(/^B/, 'A') },
		{ auth: 'short' }
	];
	for (const part of wrong) {
		const { status, body } = await api(reader, 'POST /me/push-devices', { ...device, ...part });
		expect([part, status, Object.keys(body.errors ?? body.fields ?? {})]).toEqual([part, 422, Object.keys(part)]);
	}
	// Https, and no address of the public internet: nothing is sent, and it goes.
	await addDevice(db, reader, { ...device, endpoint: 'https://10.1.2.3/push' });
	await db.execute(sql`update push_device set created_at = now() - interval '1 second'`);
	await tell();
	await pushWhatIsDue(db);
	expect((await myDevices(db, reader)).map(({ endpoint }) => endpoint)).toEqual([device.endpoint]);
});

test('the keys are made once, and the private one is sealed', async () => {
	const before = await pushIdentity(db);
	await makePushKeys(db);
	expect(await pushIdentity(db)).toEqual(before);
	const stored = await row<{ all: string }>(db, sql`select json_agg(k)::text as all from push_keys k`);
	expect(stored!.all).not.toContain(before.privateKey);
});
