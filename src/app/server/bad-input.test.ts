import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { exampleOf, type JsonSchema } from '#src/core/api/server/example.ts';
import { encodeCursor } from '#src/core/api/server/page.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient, operations, type ApiAnswer } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';

const { db } = await testDatabase();
testFiles();
const api = apiClient(db);
const spaceId = await aSpace(db);

/** Somebody new for every operation, who may do everything: what is refused here is refused for its form. */
async function somebody() {
	const { id } = await aPerson(db, { spaces: [spaceId], steward: true });
	await db.insert(orgRole).values({ personId: id, role: 'admin' });
	return viewerOf(db, id);
}

type Properties = Record<string, JsonSchema>;
const schemaOf = (schema: z.ZodType) =>
	z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema & { properties?: Properties };

/** The operation's address with parts that have the right form. */
function addressOf({ path, params }: Endpoint, parts: Record<string, string> = {}): string {
	const { properties = {} } = params ? schemaOf(params) : {};
	return path.replace(/\{(\w+)\}/g, (_, name: string) =>
		encodeURIComponent(
			parts[name] ?? String(properties[name]?.format === 'uuid' ? newId() : exampleOf(properties[name] ?? {}, name))
		)
	);
}

const bodyOf = (endpoint: Endpoint) =>
	structuredClone(endpoint.example?.body ?? exampleOf(schemaOf(endpoint.body!))) as Record<string, unknown>;

/** Refused as a problem that names the field; never broken. */
function expectProblem(answer: ApiAnswer, what: string, field?: string): void {
	expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
	if (answer.status < 400) return expect.fail(`${what} was taken: ${answer.status} ${JSON.stringify(answer.body)}`);
	expect(answer.headers.get('content-type'), what).toBe('application/problem+json');
	expect(answer.body, what).toMatchObject({ status: answer.status, detail: expect.any(String), requestId: 'r1' });
	if (field === undefined) return;
	expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBe(422);
	const named = Object.keys(answer.body.errors ?? {});
	expect(
		named.some((name) => name === field || name.startsWith(`${field}.`)) || named.includes('_'),
		`${what} names ${named}`
	).toBe(true);
}

const all = [...operations];
const withBody = all.filter(([, { body }]) => body);
const withParams = all.filter(([, { params }]) => params);
const withQuery = all.filter(([, { query }]) => query);
const writes = all.filter(([, { method, takes }]) => method !== 'GET' && !takes);

test.each(all)('%s names what is not a field of its address', async (name, endpoint) => {
	const viewer = await somebody();
	const answer = await api(
		viewer,
		`${endpoint.method} ${addressOf(endpoint)}?surplus=1`,
		endpoint.takes ? 'x' : undefined
	);
	expectProblem(answer, name, 'surplus');
});

test.each(writes)('%s names what is not a field of its body', async (name, endpoint) => {
	const viewer = await somebody();
	const body = { ...(endpoint.body ? bodyOf(endpoint) : {}), surplus: 1 };
	const answer = await api(viewer, `${endpoint.method} ${addressOf(endpoint)}`, body);
	expectProblem(answer, name, 'surplus');
});

test.each(writes)(
	'%s refuses a body that is no JSON, no UTF-8, no object, or ten megabytes',
	async (name, endpoint) => {
		const viewer = await somebody();
		const call = `${endpoint.method} ${addressOf(endpoint)}`;
		const bytes = (text: string) => new TextEncoder().encode(text);
		const bodies: [string, unknown][] = [
			['broken JSON', '{"a"'],
			['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
			['a list', '[1]'],
			['null', 'null'],
			['a text', '"text"'],
			['ten megabytes', bytes(`{"surplus":"${'a'.repeat(10_000_000)}"}`)],
			['a deep nest', `{"surplus":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
			['a name that reaches prototypes', '{"__proto__":{"a":1},"constructor":1}']
		];
		for (const [what, body] of bodies) expectProblem(await api(viewer, call, body), `${name}, ${what}`);
		expectProblem(await api(viewer, call, 'a=1', { 'content-type': 'text/plain' }), `${name}, a form`, '_');
	}
);

/** Values that no field may break on. @returns what is sent, and whether it must be refused */
const hostile: [string, unknown][] = [
	['a null byte', 'a\0bcdefghij'],
	['an override of direction', 'abcdefgh\u202eij'],
	['half a character', 'abcdefgh\ud800'],
	['a very long text', 'a'.repeat(200_000)],
	['a number', 7],
	['a huge number', 1e300],
	['a negative number', -1],
	['a list', [1, 'a', null]],
	['an object', { a: 1 }],
	['null', null],
	['true', true],
	['nothing but space', ' \u200b '],
	['SQL', `'; drop table item; --`]
];

/** Whether an example that nothing is wrong with is refused in the same way: its feed is nowhere to be found from here. */
async function isRefusedAnyway(endpoint: Endpoint, { body }: ApiAnswer): Promise<boolean> {
	if (!needsTheWeb.has(`${endpoint.method} ${endpoint.path}`)) return false;
	const plain = await api(await somebody(), `${endpoint.method} ${addressOf(endpoint)}`, bodyOf(endpoint));
	return JSON.stringify(plain.body.errors) === JSON.stringify(body.errors);
}
const needsTheWeb = new Set(['POST /feeds']);

test.each(withBody)('%s breaks on no value of any field, and names a field it refuses', async (name, endpoint) => {
	const { properties = {}, required = [] } = schemaOf(endpoint.body!);
	for (const field of Object.keys(properties)) {
		const viewer = await somebody();
		const call = `${endpoint.method} ${addressOf(endpoint)}`;
		for (const [what, value] of hostile) {
			const answer = await api(viewer, call, { ...bodyOf(endpoint), [field]: value });
			if (answer.status >= 400) {
				expectProblem(answer, `${name}, ${field} as ${what}`);
				if (answer.status === 422 && !(await isRefusedAnyway(endpoint, answer)))
					expectProblem(answer, `${name}, ${field} as ${what}`, field);
			}
			if (
				what === 'an object' &&
				properties[field]!.type !== 'object' &&
				endpoint.body!.safeParse({ ...bodyOf(endpoint), [field]: value }).success
			)
				expect.fail(`${name} takes an object as ${field}`);
		}
		if (!required.includes(field)) continue;
		const { [field]: _, ...rest } = bodyOf(endpoint);
		expectProblem(await api(viewer, call, rest), `${name} without ${field}`, field);
	}
});

test.each(withParams)('%s breaks on no part of its address', async (name, endpoint) => {
	const viewer = await somebody();
	const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part!);
	for (const part of names)
		for (const value of ['x', '7', "' or 1=1", 'a\0b', '\u202e', '99999999999999999999', 'a'.repeat(3000), '[]']) {
			const path = addressOf(endpoint, { [part]: value });
			const answer = await api(
				viewer,
				`${endpoint.method} ${path}`,
				endpoint.body ? bodyOf(endpoint) : endpoint.takes && 'x'
			);
			expect(answer.status, `${name}, ${part} as ${value.slice(0, 30)}: ${JSON.stringify(answer.body)}`).toBeLessThan(
				500
			);
			if (part === 'id') expectProblem(answer, `${name}, ${part} as ${value.slice(0, 30)}`, 'id');
		}
});

test.each(withQuery)('%s breaks on no filter', async (name, endpoint) => {
	const viewer = await somebody();
	const cursors = ['x', encodeCursor(['2026-01-01', 'x']), encodeCursor(['true', '2026-02-31 10:00:00+00', newId()])];
	for (const filter of Object.keys(schemaOf(endpoint.query!).properties ?? {}))
		for (const value of [
			'a\0b',
			'\u202eabc',
			'-1',
			'1e300',
			'99999999999',
			'a'.repeat(3000),
			'%',
			"' or 1=1",
			'',
			...cursors
		]) {
			const query = new URLSearchParams({ [filter]: value });
			const answer = await api(viewer, `${endpoint.method} ${addressOf(endpoint)}?${query}`, endpoint.takes && 'x');
			const what = `${name}, ${filter} as ${value.slice(0, 30)}`;
			expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
			if (answer.status >= 400) expectProblem(answer, what);
			if (value.includes('\0')) expectProblem(answer, what);
		}
});

test.each(writes)('%s does one thing with one key', async (name, endpoint) => {
	const viewer = await somebody();
	const headers = { 'idempotency-key': newId() };
	const call = `${endpoint.method} ${addressOf(endpoint)}`;
	const first = await api(viewer, call, endpoint.body ? bodyOf(endpoint) : {}, headers);
	expect(first.status, name).toBeLessThan(500);
	const again = await api(viewer, call, endpoint.body ? bodyOf(endpoint) : {}, headers);
	if (first.status < 300 && !endpoint.secret)
		expect([again.status, again.body], name).toEqual([first.status, first.body]);
	if (first.status >= 300 || endpoint.secret) expectProblem(again, name);
	const other = await api(viewer, call, '{ }', headers);
	expectProblem(other, `${name} with another body`);
	const key = await api(viewer, call, endpoint.body ? bodyOf(endpoint) : {}, { 'idempotency-key': 'a b' });
	expectProblem(key, `${name} with a key with a space`, 'Idempotency-Key');
});
