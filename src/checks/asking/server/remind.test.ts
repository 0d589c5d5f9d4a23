import { afterAll, beforeEach, expect, test } from 'vitest';
import { isWorking } from '#src/core/people/hours.ts';
import { takeLeave } from '#src/core/people/server/leave.ts';
import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { muteItem, savePreferences } from '#src/core/notify/server/preferences.ts';
import { rows, row, sql } from '#src/platform/server/db.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { aBareCheck, anAsking, anAttempt } from '#src/testing/askings.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { askToPass } from './ask.ts';
import { remindDue } from './remind.ts';
import { beQuietAbout, tasksOf } from './tasks.ts';

const { db } = await testDatabase();
const server = await testMailServer();
startMail({ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' });
afterAll(async () => {
	stopMail();
	await server.close();
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const home = await aSpace(db);
const steward = await aPerson(db, { spaces: [home], steward: true, workDays: [] });
const admin = await (async () => {
	await db.execute(sql`insert into org_role (person_id, role) values (${steward.id}, 'admin')`);
	return viewerOf(db, steward.id);
})();

/** Mails as they came, with the moment the clock showed. */
let sent: { to: string; at: Date; raw: string }[] = [];
/** A Monday; each test asks people of its own. */
const start = new Date('2031-03-03T00:30:00Z');

beforeEach(async () => {
	await db.execute(sql`update asking set ended_at = now()`);
	sent = [];
});

/** Lets the clock run by the hour. */
async function run(from: Date, days: number, each: (now: Date) => Promise<unknown> = async () => {}): Promise<void> {
	for (let at = from.getTime(); at < from.getTime() + days * DAY; at += HOUR) {
		const now = new Date(at);
		await each(now);
		await remindDue(db, now);
		server.received.length = 0;
		await mailWhatIsDue(db, now);
		await new Postman(db).sendWhatWaits();
		sent.push(...server.received.map(({ to, raw }) => ({ to: to[0]!, at: now, raw })));
	}
}

const emailOf = async (id: string) =>
	(await row<{ email: string }>(db, sql`select email from person where id = ${id}`))!.email;
const mailsTo = async (id: string) => {
	const email = await emailOf(id);
	return sent.filter(({ to }) => to === email);
};
const daysOf = (mails: { at: Date }[]) => mails.map(({ at }) => (at.getTime() - start.getTime()) / DAY);

test('reminders come at work, when it is asked, four weeks and one week before, on the day and after it', async () => {
	const hours = { workStart: 540, workEnd: 1020, workDays: [1, 2, 3, 4, 5] };
	const zones = ['Pacific/Auckland', 'Asia/Kolkata', 'Europe/Berlin', 'America/Los_Angeles'];
	const people = await Promise.all(zones.map((timeZone) => aPerson(db, { ...hours, timeZone })));
	const check = await aBareCheck(db, admin, home, 'Lift safely');
	await askToPass(
		db,
		admin,
		check,
		anAsking({ audience: 'people', people: people.map(({ id }) => id), dueOn: '2031-04-30' }),
		start
	);
	await run(start, 76);
	for (const [at, person] of people.entries()) {
		const mails = await mailsTo(person.id);
		for (const mail of mails) expect(isWorking({ ...hours, timeZone: zones[at]! }, mail.at), zones[at]).toBe(true);
		// Asked on a Monday; the last day is 58 days later, a Wednesday.
		const steps = [0, 30, 51, 58, 72];
		expect(mails.length, zones[at]).toBe(steps.length);
		for (const [index, day] of daysOf(mails).entries()) expect(Math.abs(day - steps[index]!)).toBeLessThan(1.6);
		const [first] = mails;
		expect(first!.raw).toContain('Lift safely');
		expect(first!.raw.replace(/=\r\n/g, '')).toContain(
			'By 30 April 2031. Rules for lift trucks, section 7. 8 minutes.'
		);
	}
}, 120_000);

test('nobody is reminded on leave; the reminder comes when they are back', async () => {
	const person = await aPerson(db, { workStart: 540, workEnd: 1020, workDays: [1, 2, 3, 4, 5] });
	const check = await aBareCheck(db, admin, home, 'Mind the step');
	await askToPass(db, admin, check, anAsking({ audience: 'people', people: [person.id], dueDays: 60 }), start);
	await takeLeave(db, person, { from: '2031-03-01', until: '2031-03-09', word: '' }, start);
	await run(start, 7);
	const told = () =>
		rows<{ at: string }>(db, sql`select told_at as at from asking_told where person_id = ${person.id}`);
	expect(await told()).toEqual([]);
	await run(new Date(start.getTime() + 7 * DAY), 1);
	expect((await told()).map(({ at }) => new Date(at).toISOString())).toEqual(['2031-03-10T09:30:00.000Z']);
});

test('several checks make one mail a week, for what is due first', async () => {
	const person = await aPerson(db, { workStart: 0, workEnd: 1440, workDays: [1, 2, 3, 4, 5, 6, 7] });
	for (const [title, dueDays] of [
		['Later', 40],
		['Sooner', 10],
		['Between', 20]
	] as const) {
		const check = await aBareCheck(db, admin, home, title);
		await askToPass(db, admin, check, anAsking({ audience: 'people', people: [person.id], dueDays }), start);
	}
	await run(start, 25);
	const mails = await mailsTo(person.id);
	expect(mails[0]!.raw).toContain('Subject: Sooner');
	expect(mails[0]!.raw.replace(/=\r\n/g, '')).toContain('2 other checks are asked of you as well.');
	const days = daysOf(mails);
	for (const [index, day] of days.entries()) if (index > 0) expect(day - days[index - 1]!).toBeGreaterThanOrEqual(7);
	expect(mails.length).toBeGreaterThan(2);
}, 60_000);

test('a pass silences it, also the mail that was ready to go, and frees the week for another', async () => {
	const person = await aPerson(db, { workDays: [] });
	const [one, two] = [await aBareCheck(db, admin, home, 'One'), await aBareCheck(db, admin, home, 'Two')];
	for (const [check, dueDays] of [
		[one, 10],
		[two, 20]
	] as const)
		await askToPass(db, admin, check, anAsking({ audience: 'people', people: [person.id], dueDays }), start);
	expect(await remindDue(db, start)).toBe(1);
	const waiting = () =>
		rows<{ item_id: string }>(
			db,
			sql`select item_id from notification where person_id = ${person.id} and read_at is null`
		);
	expect(await waiting()).toEqual([{ item_id: one }]);
	await anAttempt(db, person, one, 'passed', start);
	expect(await waiting()).toEqual([]);
	await run(start, 3);
	expect((await mailsTo(person.id)).map(({ raw }) => /^Subject: (.*)$/m.exec(raw)![1]!.trim())).toEqual(['Two']);
}, 30_000);

test('an attempt that waits for a judgement is not reminded of; overturned, it is again', async () => {
	const person = await aPerson(db, { workDays: [] });
	const check = await aBareCheck(db, admin, home, 'Show it');
	await askToPass(db, admin, check, anAsking({ audience: 'people', people: [person.id] }), start);
	const attempt = await anAttempt(db, person, check, 'in_review', start);
	await run(start, 2);
	expect(await mailsTo(person.id)).toEqual([]);
	await db.execute(sql`update check_attempt set state = 'failed', settled_at = now() where id = ${attempt}`);
	await run(new Date(start.getTime() + 2 * DAY), 1);
	expect(await mailsTo(person.id)).toHaveLength(1);
}, 30_000);

test('off, mute, quiet and leave stop the mails; the task stays in sight', async () => {
	const check = await aBareCheck(db, admin, home, 'Fire doors');
	const somebody = () => aPerson(db, { workDays: [] });
	const [off, muted, quiet, never, away] = await Promise.all([0, 0, 0, 0, 0].map(somebody));
	const people = [off!, muted!, quiet!, never!, away!];
	await askToPass(db, admin, check, anAsking({ audience: 'people', people: people.map(({ id }) => id) }), start);
	await savePreferences(db, off!.id, [{ kind: 'check.asked', inPage: false, mail: 'never' }]);
	await muteItem(db, muted!.id, check);
	await db.execute(sql`insert into asking_told (person_id, item_id, quiet_until) values
		(${quiet!.id}, ${check}, ${new Date(start.getTime() + 7 * DAY).toISOString()})`);
	await beQuietAbout(db, never!, check, { for: 'always' });
	await db.execute(sql`insert into notification_settings (person_id, paused_until)
		values (${away!.id}, ${new Date(start.getTime() + 14 * DAY).toISOString()})`);
	// The pause of the notify room goes by the database's clock.
	await run(start, 21, async (now) => {
		if (now.getTime() === start.getTime() + 14 * DAY)
			await db.execute(sql`update notification_settings set paused_until = null where person_id = ${away!.id}`);
	});
	for (const person of [off!, muted!, never!]) expect(await mailsTo(person.id)).toEqual([]);
	expect(Math.floor(daysOf(await mailsTo(quiet!.id))[0]!)).toBe(7);
	expect(Math.floor(daysOf(await mailsTo(away!.id))[0]!)).toBe(14);
	for (const person of people) expect(await tasksOf(db, person, start)).toMatchObject([{ id: check, state: 'open' }]);
	expect((await tasksOf(db, never!, start))[0]!.quietUntil).toMatch(/^9999/);
	await beQuietAbout(db, never!, check, { for: 'off' });
	expect((await tasksOf(db, never!, start))[0]!.quietUntil).toBeNull();
}, 60_000);

test('who joins later is asked then, and a renewal is asked for four weeks before the proof expires', async () => {
	const team = await aSpace(db, { kind: 'team' });
	await db.execute(
		sql`insert into space_member (space_id, person_id, role) values (${team}, ${steward.id}, 'steward')`
	);
	const check = await aBareCheck(db, admin, home, 'Forklift');
	const asked = anAsking({ audience: 'space', spaceId: team, dueDays: 14, renewMonths: 12 });
	await askToPass(db, admin, check, asked, start);
	const joiner = await aPerson(db, { workDays: [] });
	const joined = new Date(start.getTime() + 100 * DAY);
	await run(new Date(start.getTime() + 99 * DAY), 1);
	expect(await mailsTo(joiner.id)).toEqual([]);
	await db.execute(
		sql`insert into space_member (space_id, person_id, joined_at) values (${team}, ${joiner.id}, ${joined.toISOString()})`
	);
	expect(await tasksOf(db, await viewerOf(db, joiner.id), joined)).toMatchObject([
		{ dueOn: '2031-06-25', isRenewal: false }
	]);
	await run(joined, 1);
	expect(await mailsTo(joiner.id)).toHaveLength(1);
	await anAttempt(db, joiner, check, 'passed', new Date('2031-06-20T12:00:00Z'));
	expect(await tasksOf(db, joiner, new Date('2032-05-22T12:00:00Z'))).toEqual([]);
	expect(await tasksOf(db, joiner, new Date('2032-05-24T12:00:00Z'))).toMatchObject([
		{ dueOn: '2032-06-20', isRenewal: true, isLate: false }
	]);
	await run(new Date('2032-05-22T00:30:00Z'), 2);
	expect((await mailsTo(joiner.id)).map(({ at }) => at.toISOString().slice(0, 10)).at(-1)).toBe('2032-05-23');
}, 30_000);
