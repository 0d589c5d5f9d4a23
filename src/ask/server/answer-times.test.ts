import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerTimes, answerTimesOf } from './answer-times.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { promiseAnswers, takeBackPromise } from './promise.ts';
import { acceptAnswer } from './questions.ts';
import { reckonAllWaits, reckonWaits } from './waits.ts';

const { db } = await testDatabase();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Works from nine to five in UTC from Monday to Friday, unless told. */
async function aRoom(more: Parameters<typeof aPerson>[1] = {}) {
	const spaceId = await aSpace(db);
	const asker = await aPerson(db, { spaces: [spaceId], ...more });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const ask = (title = 'How do I reset the till?') =>
		askQuestion(db, asker, { spaceId, title, bodyMd: '', tags: [], anonymous: false });
	/** A question that was asked and usefully answered at given moments; null: it waits. */
	const waited = async (asked: Date, useful: Date | null) => {
		const id = await ask();
		const at = asked.toISOString();
		await db.execute(sql`update item set created_at = ${at}, active_at = ${at} where id = ${id}`);
		await db.execute(sql`update question set useful_at = ${useful?.toISOString() ?? null} where item_id = ${id}`);
		return id;
	};
	return { spaceId, asker, steward, ask, waited };
}
const always = { workStart: 0, workEnd: 1440, workDays: [1, 2, 3, 4, 5, 6, 7] };
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);
const workedOf = async (id: string) =>
	(await row<{ n: number | null }>(db, sql`select worked_minutes as n from question where item_id = ${id}`))!.n;

test('waiting counts in working time of whoever asked: not at night, on days off or on leave', async () => {
	const { spaceId, asker, waited } = await aRoom();
	// The last Friday but one, at 16:00; the answer comes the Monday after at 10:00.
	const friday = new Date(ago(10 * DAY).setUTCHours(16, 0, 0, 0));
	friday.setUTCDate(friday.getUTCDate() - ((friday.getUTCDay() + 2) % 7));
	const monday = new Date(friday.getTime() + 66 * HOUR);
	const id = await waited(friday, monday);
	// Not reckoned yet: by the clock.
	expect((await answerTimes(db, asker, spaceId)).workP50Minutes).toBe(66 * 60);
	await reckonAllWaits(db);
	expect(await workedOf(id)).toBe(120);
	expect(await answerTimes(db, asker, spaceId)).toMatchObject({ p50Minutes: 66 * 60, workP50Minutes: 120 });
	// Reckoned once; another first useful answer is reckoned anew, none ends it.
	expect(await reckonWaits(db)).toBe(0);
	await db.execute(sql`insert into person_leave (id, person_id, from_day, until_day)
		values (gen_random_uuid(), ${asker.id}, ${monday.toISOString()}::date, ${monday.toISOString()}::date)`);
	await db.execute(sql`update question set useful_at = useful_at + interval '1 hour' where item_id = ${id}`);
	await reckonAllWaits(db);
	expect(await workedOf(id)).toBe(60);
	await db.execute(sql`update question set useful_at = null where item_id = ${id}`);
	await reckonAllWaits(db);
	expect(await workedOf(id)).toBeNull();
});

test('an answer that is accepted is reckoned at once', async () => {
	const { asker, steward, ask } = await aRoom(always);
	const id = await ask();
	await db.execute(sql`update item set created_at = now() - interval '90 minutes' where id = ${id}`);
	await acceptAnswer(db, asker, await answerQuestion(db, steward, id, { bodyMd: 'Hold the green key.' }));
	expect(await workedOf(id)).toBe(90);
});

test('the 90 days before are told as they stood at their end', async () => {
	const { spaceId, asker, waited } = await aRoom(always);
	for (let n = 0; n < 5; n += 1) await waited(ago((10 + n) * DAY), ago((10 + n) * DAY - HOUR));
	for (let n = 0; n < 5; n += 1) await waited(ago((100 + n) * DAY), ago((100 + n) * DAY - 3 * HOUR));
	// Answered long after: at the end of that span it still waited.
	for (let n = 0; n < 4; n += 1) await waited(ago(100 * DAY), ago(20 * DAY));
	await waited(ago(190 * DAY), ago(190 * DAY - HOUR));
	await reckonAllWaits(db);
	expect(await answerTimes(db, asker, spaceId)).toMatchObject({
		...{ questions: 5, answered: 5, workP50Minutes: 60 },
		before: { questions: 9, answered: 5, workP50Minutes: 180, workP90Minutes: null }
	});
});

test('a promise is kept by an answer in time; what may still be in time counts neither way', async () => {
	const { spaceId, asker, steward, waited } = await aRoom(always);
	await waited(ago(5 * DAY), ago(5 * DAY - 2 * HOUR));
	await waited(ago(5 * DAY), ago(5 * DAY - 4 * HOUR));
	await waited(ago(5 * DAY), ago(5 * DAY - 9 * HOUR));
	await waited(ago(40 * DAY), null);
	await waited(ago(5 * HOUR), null);
	await waited(ago(2 * HOUR), null);
	await reckonAllWaits(db);
	expect((await answerTimes(db, asker, spaceId)).promised).toBeNull();
	await promiseAnswers(db, steward, spaceId, { share: 50, hours: 4 });
	expect((await answerTimes(db, asker, spaceId)).promised).toEqual({ share: 50, hours: 4, kept: 2, late: 3, open: 1 });
	// Whoever is off does not wait: five hours ago, but none of them worked.
	await db.execute(sql`update person set work_days = '{}' where id = ${asker.id}`);
	expect((await answerTimes(db, asker, spaceId)).promised).toMatchObject({ late: 2, open: 2 });
	await promiseAnswers(db, steward, spaceId, { share: 90, hours: 10 });
	expect((await answerTimes(db, asker, spaceId)).promised).toMatchObject({ share: 90, hours: 10, kept: 3, late: 1 });
	await takeBackPromise(db, steward, spaceId);
	expect((await answerTimes(db, asker, spaceId)).promised).toBeNull();
});

test('stewards promise, over the API too; nobody else does, and nobody hears of a closed space', async () => {
	const { spaceId, asker, steward } = await aRoom();
	const api = apiClient(db);
	const path = `/spaces/${spaceId}/answer-promise`;
	const status = async (viewer: Viewer, call: string, body?: unknown) => (await api(viewer, call, body)).status;
	expect(await status(asker, `PUT ${path}`, { share: 50, hours: 4 })).toBe(403);
	for (const body of [
		{ share: 60, hours: 4 },
		{ share: 50, hours: 0 },
		{ share: 50, hours: 41 },
		{ share: 50, hours: 1.5 },
		{}
	])
		expect(await status(steward, `PUT ${path}`, body), JSON.stringify(body)).toBe(422);
	expect(await status(steward, `PUT ${path}`, { share: 90, hours: 8 })).toBe(204);
	const told = await api(asker, `GET /spaces/${spaceId}/answer-times`);
	expect(told.body.promised).toEqual({ share: 90, hours: 8, kept: 0, late: 0, open: 0 });
	await db.execute(sql`update space set access = 'closed' where id = ${spaceId}`);
	const stranger = await aPerson(db);
	expect((await api(stranger, `GET /spaces/${spaceId}/answer-times`)).body.promised).toBeNull();
	expect([...(await answerTimesOf(db, stranger, [spaceId])).keys()]).toEqual([]);
	expect(await status(asker, `DELETE ${path}`)).toBe(403);
	expect(await status(steward, `DELETE ${path}`)).toBe(204);
});
