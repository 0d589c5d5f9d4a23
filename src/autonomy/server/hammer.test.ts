import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { lessOften, muteItem, pause, stopMails, turnOff } from '#src/core/notify/server/preferences.ts';
import { addDevice } from '#src/core/notify/server/push/devices.ts';
import { makePushKeys } from '#src/core/notify/server/push/keys.ts';
import { pushWhatIsDue } from '#src/core/notify/server/push/work.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { array, connect, row, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { readAllowance } from '#src/platform/server/fetch-allow.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { findLeaks } from './leaks.ts';

const { db, url } = await testDatabase();
await makePushKeys(db);
const pools = Array.from({ length: 5 }, () => connect(url, 6));
const smtp = await testMailServer();
startMail({ SMTP_URL: smtp.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' });

/** What reached somebody outside: a mail or a push, with the words by which its kinds are known, and when. */
const came: { to: string; way: 'mail' | 'push'; text: string; at: number }[] = [];
smtp.onTaken = async () => {
	const mail = smtp.received.pop()!;
	// A mail server takes its time; opt-outs come meanwhile.
	await sleep(Math.random() * 15);
	came.push({ to: mail.to[0]!, way: 'mail', text: mail.raw.replace(/=\r\n/g, ''), at: performance.now() });
};
const service = createServer(async (request, response) => {
	await request.toArray();
	await sleep(Math.random() * 15);
	came.push({ to: request.url!.slice(1), way: 'push', text: '', at: performance.now() });
	response.writeHead(201).end();
}).listen(0, '127.0.0.1');
await once(service, 'listening');
openFetch(readAllowance('127.0.0.1'));
afterAll(async () => {
	stopMail();
	openFetch(undefined);
	service.close();
	await smtp.close();
	await Promise.all(pools.map((pool) => pool.close()));
});

/** Kinds that are mailed soon, and what their sentences say. */
const kinds = {
	'item.mentioned': 'mentioned you in',
	'question.answered': ' answered ',
	'expert.asked': 'asks what you know'
};
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

async function aDevice(viewer: Viewer): Promise<void> {
	const keys = createECDH('prime256v1');
	keys.generateKeys();
	const { port } = service.address() as AddressInfo;
	const described = {
		p256dh: keys.getPublicKey('base64url'),
		auth: randomBytes(16).toString('base64url'),
		name: 'Phone'
	};
	await addDevice(db, viewer, { endpoint: `http://127.0.0.1:${port}/${viewer.id}`, ...described });
}

test(
	'while everything is told, mailed and pushed at once, nothing follows an opt-out that was answered',
	{ timeout: 120_000 },
	async () => {
		const space = await aSpace(db);
		const author = await aPerson(db, { name: 'Wim', spaces: [space] });
		const people = await Promise.all(Array.from({ length: 24 }, () => aPerson(db, { spaces: [space], workDays: [] })));
		for (const person of people) await aDevice(person);
		const pages = await Promise.all(
			['Till', 'Jig'].map((title) =>
				writePage(db, author, { spaceId: space, title, bodyMd: 'x', tags: [] } as Parameters<typeof writePage>[2])
			)
		);
		const everybody = sql`select unnest(${array(
			people.map(({ id }) => id),
			'uuid'
		)})`;
		let goesOn = true;
		const loop = async (work: () => Promise<unknown>) => {
			while (goesOn) await work();
		};
		const pick = <T>(from: readonly T[]) => from[Math.floor(Math.random() * from.length)]!;
		const tell = (on: Db) =>
			notify(on, { eventId: newId(), kind: pick(names), itemId: pick(pages), actorId: author.id }, everybody);
		const soon = () => new Date(Date.now() + 180_000);
		const workers = [
			...pools.slice(0, 2).map(({ db: on }) => loop(() => tell(on).then(() => sleep(10)))),
			...pools.slice(2, 4).map(({ db: on }) => loop(() => mailWhatIsDue(on, soon()).then(() => sleep(5)))),
			...pools.slice(2, 5).map(({ db: on }) => loop(() => new Postman(on).sendWhatWaits().then(() => sleep(2)))),
			...pools.slice(3, 5).map(({ db: on }) => loop(() => pushWhatIsDue(on).then(() => sleep(5))))
		];

		/** What somebody left out, when that was answered, and how much stood on their page then. */
		const answered: { person: Viewer; kind: Kind; at: number; onPage: number }[] = [];
		const silent: { person: Viewer; at: number }[] = [];
		const onPage = async (person: Viewer, kind: Kind) =>
			(await row<{ n: number }>(
				db,
				sql`select count(*)::int as n from notification where person_id = ${person.id} and kind = ${kind} and in_page`
			))!.n;
		const optOut = async (person: Viewer) => {
			for (const kind of [...names].sort(() => Math.random() - 0.5)) {
				await sleep(Math.random() * 400);
				// Both at once: neither may bring back what the other took away.
				await Promise.all([turnOff(db, person.id, kind), pick([lessOften(db, person.id, kind), sleep(0)])]);
				await turnOff(db, person.id, kind);
				answered.push({ person, kind, at: performance.now(), onPage: await onPage(person, kind) });
			}
			silent.push({ person, at: performance.now() });
		};
		const others = async (person: Viewer) => {
			await sleep(Math.random() * 800);
			if (Math.random() < 0.5) await pause(db, person.id, 'week');
			else {
				await stopMails(db, person.id, names);
				for (const page of pages) await muteItem(db, person.id, page);
			}
			silent.push({ person, at: performance.now() });
		};
		await sleep(500);
		await Promise.all([...people.slice(0, 12).map(optOut), ...people.slice(12).map(others)]);
		await sleep(700);
		goesOn = false;
		await Promise.all(workers);

		expect(came.filter(({ way }) => way === 'mail').length).toBeGreaterThan(20);
		expect(came.filter(({ way }) => way === 'push').length).toBeGreaterThan(20);
		const emails = new Map(
			(
				await Promise.all(
					people.map(({ id }) =>
						row<{ id: string; email: string }>(db, sql`select id, email from person where id = ${id}`)
					)
				)
			).map((found) => [found!.email, found!.id])
		);
		const idOf = (to: string) => emails.get(to) ?? to;
		const late = [
			...answered.flatMap(({ person, kind, at }) =>
				came.filter(
					(one) => one.at > at && one.way === 'mail' && idOf(one.to) === person.id && one.text.includes(kinds[kind])
				)
			),
			...silent.flatMap(({ person, at }) => came.filter((one) => one.at > at && idOf(one.to) === person.id))
		];
		expect(late).toEqual([]);
		for (const { person, kind, onPage: was } of answered) expect(await onPage(person, kind)).toBe(was);
		expect(await findLeaks(db)).toEqual([]);
	}
);
