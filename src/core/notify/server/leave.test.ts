import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { endLeave, takeLeave } from '#src/core/people/server/leave.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { notify } from './fan-out.ts';
import { heedLeave } from './leave.ts';
import { mailWhatIsDue } from './mails.ts';

const { db } = await testDatabase();
const server = await testMailServer();
startMail({ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' });
afterAll(async () => {
	stopMail();
	await server.close();
});

let reader: Viewer;
let tell: (at: string) => Promise<void>;

/** Nine to five in Berlin on working days; told at a moment that an answer has come. */
beforeEach(async () => {
	await db.execute(sql`update notification set mailed_at = now()`);
	const space = await aSpace(db, { name: 'Shop floor' });
	reader = await aPerson(db, { spaces: [space], timeZone: 'Europe/Berlin' });
	const colleague = await aPerson(db, { name: 'Carl Colleague', spaces: [space] });
	tell = async (at) => {
		const title = `What of ${at}?`;
		const about = { spaceId: space, title, bodyMd: '', tags: [], anonymous: false };
		const question = await askQuestion(db, reader, about);
		const itemId = await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
		const event = { eventId: newId(), kind: 'question.answered', itemId, actorId: colleague.id };
		await notify(db, event, sql`select ${reader.id}::uuid`);
		await db.execute(sql`update notification set created_at = ${at} where event_id = ${event.eventId}`);
	};
});

/** Lets the clock run from one moment to another, a look each half hour; what came, with the hour it came at. */
async function run(from: string, until: string): Promise<string[]> {
	const came: string[] = [];
	for (let at = Date.parse(from); at <= Date.parse(until); at += 1_800_000) {
		server.received.length = 0;
		await mailWhatIsDue(db, new Date(at));
		await new Postman(db).sendWhatWaits();
		const hour = new Date(at).toISOString().slice(0, 16);
		came.push(...server.received.map((mail) => `${hour} ${mail.header('subject')}`));
	}
	return came;
}

const state = (from: string, until: string, now: string) =>
	takeLeave(db, reader, { from, until, word: '' }, new Date(now));

test('on leave nothing is mailed; one digest at the beginning of the first working day tells it all', async () => {
	await tell('2030-03-28T10:00:00Z');
	expect(await run('2030-03-28T10:30:00Z', '2030-03-28T11:00:00Z')).toHaveLength(1);
	// Friday to Sunday, the day on which clocks change.
	await state('2030-03-29', '2030-03-31', '2030-03-28T11:00:00Z');
	await heedLeave(db, reader.id, new Date('2030-03-28T11:00:00Z'));
	await tell('2030-03-29T10:00:00Z');
	await tell('2030-03-30T10:00:00Z');
	const came = await run('2030-03-29T10:30:00Z', '2030-04-01T12:00:00Z');
	expect(came).toEqual([expect.stringMatching(/^2030-04-01T07:00 2 /)]);
	// From then on an answer comes soon again.
	await tell('2030-04-01T12:30:00Z');
	expect(await run('2030-04-01T13:00:00Z', '2030-04-01T14:00:00Z')).toEqual([
		'2030-04-01T13:00 What of 2030-04-01T12:30:00Z?'
	]);
});

test('of two leaves with a day between, each is told of on the day after it', async () => {
	await state('2030-03-11', '2030-03-12', '2030-03-10T09:00:00Z');
	await state('2030-03-14', '2030-03-15', '2030-03-10T09:00:00Z');
	await tell('2030-03-11T10:00:00Z');
	await tell('2030-03-12T10:00:00Z');
	expect(await run('2030-03-11T10:00:00Z', '2030-03-13T23:30:00Z')).toEqual([
		expect.stringMatching(/^2030-03-13T08:00 2 /)
	]);
	await tell('2030-03-14T10:00:00Z');
	expect(await run('2030-03-14T10:00:00Z', '2030-03-18T12:00:00Z')).toEqual([
		expect.stringMatching(/^2030-03-18T08:00 /)
	]);
});

test('taken back in its middle, what was held comes with the next digest', async () => {
	const id = await state('2030-03-11', '2030-06-30', '2030-03-08T09:00:00Z');
	await tell('2030-03-11T10:00:00Z');
	expect(await run('2030-03-11T10:30:00Z', '2030-03-12T12:00:00Z')).toEqual([]);
	await db.execute(
		sql`update notification_settings set digest_at = '2030-07-01T07:00:00Z' where person_id = ${reader.id}`
	);
	await endLeave(db, reader, id, new Date('2030-03-12T12:30:00Z'));
	await heedLeave(db, reader.id, new Date('2030-03-12T12:30:00Z'));
	expect(await run('2030-03-12T13:00:00Z', '2030-03-13T12:00:00Z')).toEqual([
		expect.stringMatching(/^2030-03-13T08:00 /)
	]);
});

test('a mail that waits in the outbox when the leave begins is held, and comes after it', async () => {
	await db.execute(
		sql`insert into notification_settings (person_id, digest_at) values (${reader.id}, '2030-03-12T08:00:00Z')`
	);
	await tell('2030-03-11T10:00:00Z');
	await mailWhatIsDue(db, new Date('2030-03-11T10:05:00Z'));
	const waits = () =>
		row<{ n: number }>(db, sql`select count(*)::int as n from mail_outbox where person_id = ${reader.id}`);
	expect((await waits())!.n).toBe(1);
	await state('2030-03-11', '2030-03-17', '2030-03-11T10:06:00Z');
	await heedLeave(db, reader.id, new Date('2030-03-11T10:06:00Z'));
	expect((await waits())!.n).toBe(0);
	expect(await run('2030-03-11T10:30:00Z', '2030-03-18T12:00:00Z')).toEqual([
		expect.stringMatching(/^2030-03-18T08:00 /)
	]);
});
