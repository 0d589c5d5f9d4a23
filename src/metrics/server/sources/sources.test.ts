import { createServer, type Server } from 'node:http';
import { connect as connectTo, createServer as createGate, type AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openClient } from '#src/platform/server/client.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { emptyDatabase, testDatabase } from '#src/testing/database.ts';
import { aFigure, aMetric } from '#src/testing/figures.ts';
import { newPage, newQuery } from '../../input.ts';
import { pointsOf } from '../record.ts';
import { forgetDeliveries, takeDelivery } from './hook.ts';
import { pullDue, pullNow } from './pull.ts';
import { linesOfQuery } from './query.ts';
import { signatureOf } from './signature.ts';
import { addPage, addQuery, endSource, openHook, readSources } from './sources.ts';

const { db, url } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const member = await aPerson(db, { spaces: [spaceId] });

let answer: { status?: number; type?: string; body: string } = { body: '[]' };
const heard: (string | undefined)[] = [];
const server: Server = createServer((request, response) => {
	heard.push(request.headers.authorization);
	const { status = 200, type = 'application/json', body } = answer;
	response.writeHead(status, { 'content-type': type }).end(body);
});
await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/counts`;

/** Databases of the tests are reached by a socket: here by the network, as others are. */
const gate = createGate((from) => {
	const socket = new URL(url).searchParams.get('host')!;
	const to = connectTo(`${socket}/.s.PGSQL.${new URL(url).port || '5432'}`);
	for (const end of [from, to]) end.on('error', () => void (from.destroy(), to.destroy()));
	from.pipe(to).pipe(from);
});
await new Promise<void>((done) => void gate.listen(0, '127.0.0.1', done));
const overNetwork = (address: string) => {
	const { username, password, pathname } = new URL(address);
	return `postgres://${username}:${password || 'none'}@127.0.0.1:${(gate.address() as AddressInfo).port}${pathname}`;
};

/** A database of somebody else, with a table that has values. */
const elsewhere = await emptyDatabase();
const theirs = openClient(elsewhere, 1);
const database = overNetwork(elsewhere);
await theirs.client.unsafe(`create table closed (at timestamptz, count int);
	insert into closed select timestamptz '2026-03-01 00:00+00' + make_interval(days => n), 40 + n from generate_series(0, 9) n`);
openFetch({ allow: () => true });

afterAll(async () => {
	openFetch(undefined);
	server.close();
	gate.close();
	await theirs.close();
});

const send = (
	source: string,
	secret: string,
	body: string,
	more: Partial<Record<'id' | 'timestamp' | 'signature', string>> = {}
) => {
	const delivery = { id: newId(), timestamp: String(Math.floor(Date.now() / 1000)), body, ...more };
	return takeDelivery(db, source, { signature: signatureOf(secret, delivery), ...delivery, ...more });
};

test('what is sent is taken once, and only signed and fresh', async () => {
	const { id } = await aFigure(db, author, spaceId);
	await expect(openHook(db, member, id)).rejects.toMatchObject({ kind: 'forbidden' });
	const hook = await openHook(db, author, id);
	const body = JSON.stringify({
		values: [
			{ day: '2026-04-01', value: 45 },
			{ day: '2026-04-02', value: 'n/a' }
		]
	});
	const name = newId();
	expect(await send(hook.id, hook.secret, body, { id: name })).toMatchObject({ taken: 1, asideCount: 1 });
	await expect(send(hook.id, hook.secret, body, { id: name })).rejects.toMatchObject({ kind: 'conflict' });
	const before = await pointsOf(db, id);
	const later = JSON.stringify({ values: [{ day: '2026-04-03', value: 45 }] });
	const otherHook = await openHook(db, author, id);
	for (const forged of [
		() => send(hook.id, otherHook.secret, later),
		() => send(hook.id, hook.secret, later, { signature: 'v1,AAAA' }),
		() => send(hook.id, hook.secret, later, { signature: '' }),
		() => send(hook.id, hook.secret, later, { timestamp: String(Math.floor(Date.now() / 1000) - 400) }),
		() => send(hook.id, hook.secret, later, { timestamp: String(Math.floor(Date.now() / 1000) + 400) }),
		() => send(hook.id, hook.secret, later, { timestamp: 'now' }),
		() => send(hook.id, hook.secret, later, { id: '' })
	])
		await expect(forged()).rejects.toMatchObject({ kind: 'unauthenticated' });
	await expect(send(newId(), hook.secret, later)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(send(hook.id, hook.secret, 'no json')).rejects.toMatchObject({ kind: 'invalid' });
	expect(await pointsOf(db, id)).toEqual(before);
	await db.execute(sql`update metric_delivery set came_at = now() - interval '2 days'`);
	await forgetDeliveries(db);
	await endSource(db, author, id, hook.id);
	await expect(send(hook.id, hook.secret, later)).rejects.toMatchObject({ kind: 'not_found' });
});

test('the same delivery at the same time is taken once', async () => {
	const id = await aMetric(db, author, spaceId);
	const hook = await openHook(db, author, id);
	const name = newId();
	const body = JSON.stringify({ values: [{ day: '2026-04-01', value: 45 }] });
	const went = await Promise.allSettled([1, 2, 3].map(() => send(hook.id, hook.secret, body, { id: name })));
	expect(went.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('an address that answers with JSON is pulled, and what it says wrong is told', async () => {
	const id = await aMetric(db, author, spaceId);
	const page = parse(newPage, {
		url: site,
		authorization: 'Bearer open',
		list: 'data.rows',
		dayField: 'on',
		valueField: 'n'
	});
	const source = await addPage(db, author, id, page);
	answer = {
		body: JSON.stringify({ data: { rows: [{ on: '2026-03-01', n: 4 }, { on: '2026-03-02', n: '5' }, { on: 7 }] } })
	};
	expect(await pullNow(db, author, id, source)).toEqual({
		words: '2 taken in, 0 replaced, 0 there already, 1 put aside'
	});
	expect(heard.at(-1)).toBe('Bearer open');
	answer = { body: JSON.stringify({ data: { rows: [{ on: '2026-03-01', n: 6 }] } }) };
	expect(await pullNow(db, author, id, source)).toMatchObject({ words: expect.stringContaining('1 replaced') });
	await expect(pullNow(db, member, id, source)).rejects.toMatchObject({ kind: 'forbidden' });
	const before = await pointsOf(db, id);
	for (const [wrong, why] of [
		[{ body: '{"data":{}}' }, 'There is no list at “data.rows”.'],
		[{ body: '<p>' }, 'It is no JSON.'],
		[{ body: '{"data":{"rows":[]},"__proto__":{}}', status: 500 }, 'It answered with 500.'],
		[{ body: '', type: 'text/html' }, /text\/html/],
		[{ body: `{"data":{"rows":[${'1,'.repeat(20_000)}1]}}` }, /more than 20,000/],
		[{ body: `"${'x'.repeat(5_000_000)}"` }, /too long/]
	] as const) {
		answer = wrong;
		await expect(pullNow(db, author, id, source)).rejects.toThrow(why);
	}
	expect(await pointsOf(db, id)).toEqual(before);
	const { sources } = await readSources(db, author, id);
	expect(sources).toMatchObject([
		{ kind: 'http', place: site, lastOk: false, lastWords: expect.stringContaining('long') }
	]);
	expect(JSON.stringify(sources)).not.toContain('Bearer');
});

test('an address inside is not reached unless the configuration says so', async () => {
	const id = await aMetric(db, author, spaceId);
	const source = await addPage(db, author, id, parse(newPage, { url: site }));
	const query = await addQuery(db, author, id, parse(newQuery, { database, query: 'select 1' }));
	openFetch(undefined);
	for (const each of [source, query])
		await expect(pullNow(db, author, id, each)).rejects.toThrow('not on the public internet');
	openFetch({ allow: () => true });
});

test('a database is only read, for a bounded time and number of lines, and never that of Trellis', async () => {
	const id = await aMetric(db, author, spaceId);
	const closed = 'select at as day, sum(count) as value from closed group by 1; ';
	const source = await addQuery(db, author, id, parse(newQuery, { database, query: closed }));
	expect(await pullNow(db, author, id, source)).toMatchObject({ words: expect.stringContaining('10 taken in') });
	expect((await pointsOf(db, id))[0]).toEqual({ day: '2026-03-01', value: 40 });
	expect(JSON.stringify(await readSources(db, author, id))).not.toContain('none@');
	await theirs.client.unsafe(
		`create function sneak() returns int language plpgsql volatile as 'begin delete from closed; return 1; end'`
	);
	const limits = { statementMs: 2500, allMs: 6000 };
	for (const [query, why] of [
		['with gone as (delete from closed returning *) select at as day, count as value from gone', /top level|write/],
		[
			'select now() as day, 1 as value) q; delete from closed; select * from (select now() as day, 1 as value',
			/multiple commands|syntax/
		],
		['select now() as day, sneak() as value', /would write/],
		["select set_config('transaction_read_only', 'off', false) as day, sneak() as value", /would write|read-write/],
		['select now() as day, pg_sleep(5)::text as value', /took too long/],
		["select date '2000-01-01' + n as day, n as value from generate_series(1, 3000000) n", /more than 20,000/],
		['select 1 as one', /does not exist/],
		['select now() as day, 1 / 0 as value', /division by zero/]
	] as const)
		await expect(linesOfQuery(database, query, 'UTC', limits), query).rejects.toThrow(why);
	expect((await theirs.client`select count(*)::int as count from closed`)[0]!.count).toBe(10);
	await expect(linesOfQuery(overNetwork(url), 'select name as day, 1 as value from person', 'UTC')).rejects.toThrow(
		'Trellis itself'
	);
	const gone = new URL(database);
	gone.port = '1';
	await expect(linesOfQuery(gone.href, 'select 1', 'UTC', limits)).rejects.toThrow(
		/could not be reached|not on the public|port/
	);
	expect(() => parse(newQuery, { database, query: 'delete from closed' })).toThrow(/select or with/);
});

test('what is due is pulled by itself, and a source that fails comes again at its next time', async () => {
	const id = await aMetric(db, author, spaceId);
	await addPage(db, author, id, parse(newPage, { url: site, everyHours: '1' }));
	answer = { body: '[{"day":"2026-03-05","value":3}]' };
	await db.execute(sql`update metric_source set due_at = null where metric_id <> ${id}`);
	await pullDue(db);
	await pullDue(db);
	expect(await pointsOf(db, id)).toEqual([{ day: '2026-03-05', value: 3 }]);
	expect((await readSources(db, author, id)).sources[0]).toMatchObject({ lastOk: true, everyHours: 1 });
});
