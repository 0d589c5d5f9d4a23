import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { sql } from '#src/platform/server/db.ts';
import { endpoint } from './endpoint.ts';
import { callerOf } from './caller.ts';
import { respond } from './respond.ts';
import { makeRouter } from './router.ts';
import { personalToken } from './schema.ts';
import { createToken, myTokens, revokeToken } from './tokens.ts';

const { db } = await testDatabase();
await db.execute(sql`create table note (text text not null)`);

const router = makeRouter([
	endpoint({
		method: 'POST',
		path: '/notes/{id}',
		tag: 'Notes',
		scope: 'write',
		status: 201,
		summary: 'Write a note',
		params: z.object({ id: z.string() }),
		body: z.strictObject({ text: z.string('is needed').max(20, 'may have 20 characters at most') }),
		response: z.object({ id: z.string(), text: z.string() }),
		run: async ({ db, params, body }) => {
			await db.execute(sql`insert into note values (${body.text})`);
			return { id: params.id, text: body.text };
		}
	}),
	endpoint({
		method: 'GET',
		path: '/notes',
		tag: 'Notes',
		scope: 'read',
		summary: 'All notes',
		response: z.object({ count: z.number() }),
		run: async ({ db }) => ({ count: (await db.execute(sql`select from note`)).length })
	})
]);

const person = await aPerson(db);
const { id: tokenId, token } = await createToken(db, person, { name: 'Test', scopes: ['read', 'write'], days: 1 });

/** Sends a request as a program with a token would. */
async function send(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) {
	const request = new Request(`http://localhost/api/v1${path}`, {
		method,
		body,
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }
	});
	const caller = await callerOf(db, request, undefined);
	const response = await respond(request, path.slice(1), { db, router, caller, requestId: 'r1' });
	return { status: response.status, headers: response.headers, body: response.body && (await response.json()) };
}

const notes = async () => (await send('GET', '/notes')).body.count as number;

test('a call with a token is carried out', async () => {
	const { status, body, headers } = await send('POST', '/notes/7', '{"text":"Hello"}');
	expect({ status, body }).toEqual({ status: 201, body: { id: '7', text: 'Hello' } });
	expect(Number(headers.get('ratelimit-remaining'))).toBeGreaterThan(0);
});

test.each([
	['a field that is not there', '{"text":"a","colour":"red"}', { colour: 'is not a field here' }],
	['a missing field', '{}', { text: 'is needed' }],
	['a wrong type', '{"text":7}', { text: 'is needed' }],
	['a text that is too long', '{"text":"123456789012345678901"}', { text: 'may have 20 characters at most' }],
	['broken JSON', '{"text"', undefined],
	['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22]), undefined],
	['a body of 10 MB', `{"text":"${'a'.repeat(10_000_000)}"}`, undefined]
])('%s is refused with a clear problem', async (_, body, errors) => {
	const before = await notes();
	const answer = await send('POST', '/notes/7', body);
	expect(answer.status).toBe(422);
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	expect(answer.body).toMatchObject({ title: 'The input is not valid', status: 422, requestId: 'r1' });
	if (errors) expect(answer.body.errors).toEqual(errors);
	expect(await notes()).toBe(before);
});

test('the same key does a write once, also when both come at the same time', async () => {
	const before = await notes();
	const key = { 'idempotency-key': 'k-1' };
	const answers = await Promise.all([1, 2, 3, 4].map(() => send('POST', '/notes/7', '{"text":"Once"}', key)));
	expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(4).fill([201, { id: '7', text: 'Once' }]));
	expect(await notes()).toBe(before + 1);
	const other = await send('POST', '/notes/7', '{"text":"Other"}', key);
	expect(other.status).toBe(409);
});

test('addresses, methods and scopes that do not exist are told apart', async () => {
	expect((await send('GET', '/nothing')).status).toBe(404);
	const wrong = await send('DELETE', '/notes');
	expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
	const readOnly = await createToken(db, person, { name: 'Reads', scopes: ['read'], days: 1 });
	const refused = await send('POST', '/notes/7', '{"text":"a"}', { authorization: `Bearer ${readOnly.token}` });
	expect(refused.status).toBe(403);
	expect((await send('GET', '/notes', undefined, { authorization: 'Bearer trellis_x' })).status).toBe(401);
});

test('a token that was ended works no more, and only its owner can end it', async () => {
	const other = await aPerson(db);
	await expect(revokeToken(db, other, tokenId)).rejects.toMatchObject({ kind: 'not_found' });
	const mine = await createToken(db, person, { name: 'Short', scopes: ['read'], days: 1 });
	const headers = { authorization: `Bearer ${mine.token}` };
	expect((await send('GET', '/notes', undefined, headers)).status).toBe(200);
	await revokeToken(db, person, mine.id);
	expect((await send('GET', '/notes', undefined, headers)).status).toBe(401);
});

test('the list names the tokens that work, not those that ended or ran out', async () => {
	const owner = await aPerson(db);
	const [works, ended, ranOut] = await Promise.all(
		['Works', 'Ended', 'Ran out'].map((name) => createToken(db, owner, { name, scopes: ['read'], days: 1 }))
	);
	await revokeToken(db, owner, ended!.id);
	await db.update(personalToken).set({ expiresAt: new Date() }).where(eq(personalToken.id, ranOut!.id));
	expect((await myTokens(db, owner)).map(({ id }) => id)).toEqual([works!.id]);
});
