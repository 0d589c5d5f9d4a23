import { expect, test } from 'vitest';
import { wire } from '#src/app/server/wire.ts';
import { makeFeedKey } from '#src/core/feed-out/server/keys.ts';
import { answerFeed } from '#src/core/feed-out/server/answer.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { anActivity, anHour, letPass } from '#src/testing/activities.ts';
import { apiClient } from '#src/testing/api.ts';
import { aManager } from '#src/testing/areas.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aMetric, typed } from '#src/testing/figures.ts';
import { aPlan, aWorkedNeed } from '#src/testing/needs.ts';
import { markBegun } from './figure.ts';
import { remindAll } from './remind.ts';

const { db } = await testDatabase();
const api = apiClient(db);
wire(db);

/** A closed space with somebody who plans and somebody who reads. */
async function aPlace(access: 'open' | 'closed' | 'secret' = 'closed') {
	const spaceId = await aSpace(db, { access });
	const author = await aPerson(db, { spaces: [spaceId], timeZone: 'Europe/Vienna' });
	return { spaceId, author, reader: await aPerson(db, { spaces: [spaceId] }) };
}

test('an activity is planned in the zone of its clocks, and read on the reader’s own', async () => {
	const { spaceId, author } = await aPlace();
	const reader = await aPerson(db, { spaces: [spaceId], timeZone: 'Asia/Kolkata' });
	const made = await api(author, 'POST /activities', { spaceId, ...anHour, beginsOn: '2150-07-01', zone: undefined });
	expect(made.status).toBe(201);
	const { body } = await api(reader, `GET /activities/${made.body.id}`);
	expect(body).toMatchObject({
		...{
			way: 'place',
			stage: 'coming',
			zone: 'Europe/Vienna',
			begins: '2150-07-01T12:00:00.000Z',
			ends: '2150-07-01T13:30:00.000Z'
		},
		...{
			when: 'Wednesday, 1 July 2150, 14:00 to 15:30 (Vienna)',
			yours: 'Wednesday, 1 July 2150, 17:30 to 19:00 (Kolkata)'
		},
		...{ runner: { id: author.id }, canKeep: false, reminder: null, figure: null }
	});
	const { items } = (await api(reader, `GET /activities?space=${spaceId}`)).body;
	expect(items).toMatchObject([{ id: made.body.id, title: anHour.title }]);
});

test('what cannot be is refused with a line that names the field', async () => {
	const { spaceId, author } = await aPlace();
	const outsider = await aPerson(db);
	const tried = async (more: object) => {
		const one = await aPerson(db, { spaces: [spaceId] });
		const { status, body } = await api(one, 'POST /activities', { spaceId, ...anHour, ...more });
		return [status, Object.keys(body.errors ?? {})];
	};
	const wrong: [object, string][] = [
		[{ endsAt: '13:59' }, 'endsAt'],
		[{ endsAt: '14:00' }, 'endsAt'],
		[{ endsOn: '2190-03-11' }, 'endsOn'],
		[{ endsOn: '2192-03-12' }, 'endsOn'],
		[{ beginsAt: '' }, 'beginsAt'],
		[{ beginsAt: '24:00' }, 'beginsAt'],
		[{ beginsOn: '0000-01-01' }, 'beginsOn'],
		[{ beginsOn: '0099-03-01' }, 'beginsOn'],
		[{ beginsOn: '1582-10-10' }, 'beginsOn'],
		[{ beginsOn: '1969-12-31' }, 'beginsOn'],
		[{ beginsOn: '2200-01-01' }, 'beginsOn'],
		[{ beginsOn: '9999-12-31' }, 'beginsOn'],
		[{ beginsOn: '2190-02-29' }, 'beginsOn'],
		[{ beginsOn: '+012190-01-01' }, 'beginsOn'],
		[{ zone: 'Europe/Atlantis' }, 'zone'],
		[{ zone: '+01:00' }, 'zone'],
		[{ zone: 'x'.repeat(500) }, 'zone'],
		[{ title: 'x'.repeat(201) }, 'title'],
		[{ place: 'x'.repeat(201) }, 'place'],
		[{ forWhom: 'x'.repeat(301) }, 'forWhom'],
		[{ bodyMd: 'x'.repeat(100_001) }, 'bodyMd'],
		[{ link: 'javascript:alert(1)' }, 'link'],
		[{ link: 'hall three' }, 'link'],
		[{ way: 'course' }, 'way'],
		[{ runnerId: outsider.id }, 'runnerId'],
		[{ runnerId: newId() }, 'runnerId'],
		[{ needId: newId() }, 'needId'],
		[{ metricId: newId() }, 'metricId']
	];
	for (const [more, field] of wrong)
		expect(await tried(more), JSON.stringify(more).slice(0, 80)).toEqual([422, expect.arrayContaining([field])]);
	expect(await tried({ way: 'weeks', beginsAt: '', endsAt: '', endsOn: '2190-04-30' })).toEqual([201, []]);
	expect((await api(outsider, 'POST /activities', { spaceId, ...anHour })).status).toBe(403);
	expect((await api(author, `GET /activities?space=${spaceId}`)).body.items).toHaveLength(1);
});

test('clocks that are changed leave nothing of an hour, or make one that is', async () => {
	const { spaceId, author } = await aPlace();
	const spring = { beginsOn: '2030-03-31', zone: 'Europe/Vienna' };
	const nothing = await api(author, 'POST /activities', {
		spaceId,
		...anHour,
		...spring,
		beginsAt: '02:10',
		endsAt: '02:50'
	});
	expect([nothing.status, nothing.body.errors]).toEqual([422, { endsAt: 'must be after it begins' }]);
	const id = await anActivity(db, author, spaceId, { ...spring, beginsAt: '01:30', endsAt: '03:30' });
	const { body } = await api(author, `GET /activities/${id}`);
	expect(Date.parse(body.ends) - Date.parse(body.begins)).toBe(3_600_000);
});

test('a secret space stays hidden, with its activities, its figure and its feed', async () => {
	const { spaceId, author } = await aPlace('secret');
	const id = await anActivity(db, author, spaceId);
	const stranger = await aPerson(db);
	for (const call of [
		'GET /activities/%',
		'GET /activities/%/ics',
		'GET /activities/%/draft',
		'PUT /activities/%/mark'
	])
		expect((await api(stranger, call.replace('%', id))).status, call).toBe(404);
	expect((await api(stranger, `PUT /activities/${id}/reminder`, { ahead: 'day' })).status).toBe(404);
	expect((await api(stranger, `PUT /activities/${id}/afterwards`, { bodyMd: 'x' })).status).toBe(404);
	expect((await api(stranger, `GET /activities?space=${spaceId}`)).body.items).toEqual([]);
	expect((await api(stranger, `GET /out/programme/${spaceId}/ics`)).status).toBe(404);
	// A figure of a space that the reader is not in is not shown, and cannot be chosen.
	const other = await aPlace('open');
	const metricId = await aMetric(db, author, spaceId);
	const chosen = await api(other.author, 'POST /activities', { spaceId: other.spaceId, ...anHour, metricId });
	expect([chosen.status, chosen.body.errors]).toEqual([422, { metricId: expect.stringContaining('open to you') }]);
	await db.execute(sql`insert into space_member (space_id, person_id) values (${other.spaceId}, ${author.id})`);
	const mine = await anActivity(db, await viewerOf(db, author.id), other.spaceId, { metricId });
	expect((await api(other.reader, `GET /activities/${mine}`)).body.figure).toBeNull();
	expect((await api(other.reader, `GET /activities?space=${other.spaceId}`)).body.items[0].serves).toBeNull();
});

test('who planned it, who runs it and who looks after the space change it; nobody else', async () => {
	const { spaceId, author, reader } = await aPlace('open');
	const runner = await aPerson(db, { spaces: [spaceId] });
	const id = await anActivity(db, author, spaceId, { runnerId: runner.id });
	const edit = { ...anHour, title: 'How we open the till', runnerId: runner.id };
	expect((await api(reader, `PUT /activities/${id}`, { ...edit, version: 1 })).status).toBe(403);
	expect((await api(runner, `PUT /activities/${id}`, { ...edit, version: 1 })).body).toEqual({ version: 2 });
	const manager = await aManager(db);
	expect((await api(manager, `PUT /activities/${id}`, { ...edit, version: 2 })).body).toEqual({ version: 3 });
	const stale = await api(author, `PUT /activities/${id}`, { ...edit, version: 2 });
	expect([stale.status, stale.body.current.version]).toEqual([409, 3]);
	const both = await Promise.all(
		[author, runner].map((one) => api(one, `PUT /activities/${id}`, { ...edit, version: 3 }))
	);
	expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a reminder comes once, only to who asked for it, and anew when the time is changed', async () => {
	const { spaceId, author, reader } = await aPlace();
	const id = await anActivity(db, author, spaceId);
	await remindAll(db);
	await api(reader, `PUT /activities/${id}/reminder`, { ahead: 'hour' });
	const told = async (kind: string) =>
		(await listNotices(db, reader, { show: 'all', kind })).groups.flatMap(({ notices }) => notices).length;
	const soon = (minutes: number) =>
		db.execute(
			sql`update activity set begins = now() + make_interval(mins => ${minutes}), ends = now() + interval '3 hours' where item_id = ${id}`
		);
	await soon(90);
	await remindAll(db);
	expect(await told('activity.reminder')).toBe(0);
	await soon(50);
	await Promise.all([remindAll(db), remindAll(db)]);
	await remindAll(db);
	expect(await told('activity.reminder')).toBe(1);
	expect((await listNotices(db, author, { show: 'all', kind: 'activity.reminder' })).groups).toEqual([]);
	await api(author, `PUT /activities/${id}`, { ...anHour, beginsOn: '2190-03-13', version: 1 });
	const event = { id: newId(), name: 'activity.moved', at: new Date().toISOString(), itemId: id, actorId: author.id };
	await dispatch(event as never);
	expect(await told('activity.moved')).toBe(1);
	await soon(40);
	await remindAll(db);
	expect(await told('activity.reminder')).toBe(2);
	expect((await api(reader, `DELETE /activities/${id}/reminder`)).status).toBe(204);
	await letPass(db, id, 3, 1);
	expect((await api(reader, `PUT /activities/${id}/reminder`, { ahead: 'day' })).status).toBe(409);
});

test('what came of it is told once it has begun, by who looks after it', async () => {
	const { spaceId, author, reader } = await aPlace();
	const runner = await aPerson(db, { spaces: [spaceId] });
	const id = await anActivity(db, author, spaceId, { runnerId: runner.id });
	const came = { bodyMd: 'Three ways to clear the roll.', recording: 'https://example.org/film', askId: runner.id };
	expect((await api(runner, `PUT /activities/${id}/afterwards`, came)).status).toBe(422);
	await letPass(db, id, 3, 1);
	expect((await api(reader, `PUT /activities/${id}/afterwards`, came)).status).toBe(403);
	expect(
		(await api(runner, `PUT /activities/${id}/afterwards`, { ...came, askId: (await aPerson(db)).id })).status
	).toBe(422);
	expect((await api(runner, `PUT /activities/${id}/afterwards`, came)).status).toBe(204);
	expect((await api(author, `PUT /activities/${id}/afterwards`, { ...came, bodyMd: 'Four ways.' })).status).toBe(204);
	expect((await api(reader, `GET /activities/${id}`)).body).toMatchObject({
		...{ stage: 'over', recording: came.recording, ask: { id: runner.id } },
		outcome: { bodyHtml: expect.stringContaining('Four ways.') }
	});
	expect((await api(reader, `GET /activities?space=${spaceId}&show=past`)).body.items).toHaveLength(1);
	expect((await api(reader, `GET /activities?space=${spaceId}`)).body.items).toEqual([]);
});

test('it stands as a mark in its figure once it has begun, and its page says what the figure did', async () => {
	const { spaceId, author, reader } = await aPlace();
	const metricId = await aMetric(db, author, spaceId);
	const day = (at: number) => new Date(Date.now() - (40 - at) * 86_400_000).toISOString().slice(0, 10);
	const values = Array.from({ length: 40 }, (_, at) => ({
		line: at + 1,
		day: day(at),
		value: (at < 25 ? 40 : 60) + ((at * 7) % 5)
	}));
	await takeIn(db, author, metricId, values, typed);
	const id = await anActivity(db, author, spaceId, { metricId });
	await markBegun(db);
	expect((await api(author, `GET /activities/${id}`)).body.figure).toMatchObject({
		id: metricId,
		marked: false,
		canMark: false
	});
	await db.execute(sql`update activity set begins_on = ${day(25)} where item_id = ${id}`);
	await letPass(db, id, 15 * 24, 15 * 24 - 2);
	await markBegun(db);
	const { figure } = (await api(reader, `GET /activities/${id}`)).body;
	expect(figure).toMatchObject({ marked: true, canMark: false, isActivity: false });
	expect(figure.said).toMatch(/^“Tickets solved” rose by \d+/);
	// A mark that was taken away stays away, until somebody wants it again.
	await db.execute(sql`delete from metric_mark where metric_id = ${metricId}`);
	await markBegun(db);
	expect((await api(author, `GET /activities/${id}`)).body.figure).toMatchObject({ marked: false, canMark: true });
	expect((await api(reader, `PUT /activities/${id}/mark`)).status).toBe(409);
	expect((await api(author, `PUT /activities/${id}/mark`)).status).toBe(204);
	expect((await api(author, `PUT /activities/${id}/mark`)).status).toBe(204);
	const marks = await row<{ count: number }>(
		db,
		sql`select count(*)::int as count from metric_mark where about_id = ${id}`
	);
	expect(marks!.count).toBe(1);
});

test('a problem at work brings the figure of its plan along', async () => {
	const { spaceId, author, reader } = await aPlace();
	const { id: needId } = await aWorkedNeed(db, author, spaceId);
	const metricId = await aMetric(db, author, spaceId);
	const id = await anActivity(db, author, spaceId, { needId: `https://trellis.example.org/needs/${needId}` });
	expect((await api(reader, `GET /activities/${id}`)).body).toMatchObject({ need: { id: needId }, figure: null });
	expect((await api(author, `PUT /needs/${needId}/plan`, { ...aPlan(author.id), metricId, version: 0 })).status).toBe(
		200
	);
	expect((await api(reader, `GET /activities/${id}`)).body.figure).toMatchObject({ id: metricId });
});

test('a calendar reads the programme of a space by a private address, and nothing any more once that is over', async () => {
	const { spaceId, author, reader } = await aPlace();
	await anActivity(db, author, spaceId);
	const weeks = { way: 'weeks', title: 'A month of tills', beginsAt: '', endsAt: '', endsOn: '2190-04-11' };
	const month = await anActivity(db, author, spaceId, weeks);
	const { ics } = await makeFeedKey(db, reader, { kind: 'programme', target: spaceId }, 'https://trellis.example.org');
	const ask = async (address: string) => {
		const [, kind, target] = /\/out\/(\w+)\/([^/]+)\//.exec(address)!;
		return answerFeed(db, undefined, { kind: kind!, target: target!, format: 'ics' }, new Request(address));
	};
	const answer = await ask(ics!);
	expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	const text = await answer.text();
	expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
	expect(text).toContain(`UID:${month}@trellis.example.org`);
	expect(text).toContain('DTSTART;VALUE=DATE:21900312\r\nDTEND;VALUE=DATE:21900412\r\n');
	const etag = answer.headers.get('etag')!;
	expect(
		(
			await answerFeed(
				db,
				reader,
				{ kind: 'programme', target: spaceId, format: 'ics' },
				new Request(ics!.split('?')[0]!, { headers: { 'if-none-match': etag } })
			)
		).status
	).toBe(304);
	// What does not take place says so; who left the space sees nothing.
	await api(author, `PUT /items/${month}/archive`);
	expect(await (await ask(ics!)).text()).toContain('STATUS:CANCELLED');
	await db.execute(sql`delete from space_member where person_id = ${reader.id}`);
	const gone = await ask(ics!);
	expect([gone.status, (await gone.text()).includes('VEVENT')]).toEqual([200, false]);
	expect((await api(author, `GET /out/space/${spaceId}/ics`)).status).toBe(404);
	const file = await api(author, `GET /activities/${month}/ics`);
	expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="activity-\w+\.ics"$/);
});
