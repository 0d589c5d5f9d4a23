import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { followLink, readLink } from '#src/core/notify/server/links.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { testWeb } from '#src/testing/web.ts';
import { coming } from '../input.ts';
import { CHAT, chatOf, chatTip, removeChat, setChat } from './chat.ts';
import { deliverDue } from './deliver.ts';
import { comingOf, letCome } from './follow.ts';

const { db } = await testDatabase();
const web = await testWeb();
const said: { text: string; type?: string }[] = [];
let status = 200;
beforeAll(() => {
	openFetch(web.allowance);
	web.pages.set('chat.example/hooks/1', (request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			said.push({ ...(JSON.parse(body) as { text: string }), type: request.headers['content-type'] });
			response.writeHead(status, { 'content-type': 'text/plain' }).end('ok');
		});
	});
});
beforeEach(() => {
	said.length = 0;
	status = 200;
});
afterAll(() => openFetch(undefined));

async function aFollower() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const author = await aPerson(db, { spaces: [spaceId] });
	const reader = await aPerson(db, { spaces: [spaceId], workDays: [] });
	return { reader, ...(await aDrip(db, author, spaceId)) };
}

/** Hands out the messages that wait. */
async function handOut() {
	const waiting = await rows<{ data: Parameters<typeof chatTip>[1] }>(
		db,
		sql`delete from pgboss.job where name = ${CHAT} returning data`
	);
	for (const { data } of waiting) await chatTip(db, data);
	return waiting.length;
}

test('a tip is posted to the chat as JSON, with what can be done about it; the address is never shown again', async () => {
	const { reader, id } = await aFollower();
	await expect(letCome(db, reader, id, parse(coming, { chat: true }))).rejects.toMatchObject({
		fields: { chat: expect.anything() }
	});
	await setChat(db, reader, web.url('chat.example/hooks/1'));
	expect(said).toMatchObject([{ type: 'application/json', text: expect.stringContaining('will come here') }]);
	expect(JSON.stringify(await chatOf(db, reader))).not.toContain('hooks');
	expect(JSON.stringify(await rows(db, sql`select address from drip_chat`))).not.toContain('hooks');

	await letCome(db, reader, id, parse(coming, { chat: true }));
	await db.execute(sql`update drip_follow set next_at = now() - interval '1 second' where person_id = ${reader.id}`);
	await deliverDue(db);
	expect(await handOut()).toBe(1);
	const { text } = said.at(-1)!;
	expect(text).toContain('Say 1.');
	const slower = /Slower: [^:]*: \S+\/mail\/(\S+)/.exec(text)![1]!;
	await followLink(db, await readLink(db, slower));
	expect(await comingOf(db, reader.id, id)).toMatchObject({ every: 2, byChat: true });
});

test('a chat that does not take messages is refused with the reason; one that is gone is told, one that fails tried again', async () => {
	const { reader, id } = await aFollower();
	const other = setChat(db, reader, web.url('chat.example/elsewhere'));
	await expect(other).rejects.toMatchObject({ fields: { address: expect.stringContaining('404') } });
	await expect(setChat(db, reader, 'http://net.inside/hook')).rejects.toMatchObject({
		fields: { address: expect.stringContaining('not on the public internet') }
	});
	await setChat(db, reader, web.url('chat.example/hooks/1'));
	await letCome(db, reader, id, parse(coming, { chat: true }));
	const due = async () => {
		await db.execute(sql`update drip_follow set next_at = now() - interval '1 second' where person_id = ${reader.id}`);
		await deliverDue(db);
	};
	await due();
	status = 500;
	await expect(handOut()).rejects.toThrow('500');
	await due();
	status = 410;
	await handOut();
	expect(await chatOf(db, reader)).toMatchObject({ problem: 'It answered 410.' });
	await removeChat(db, reader);
	expect(await chatOf(db, reader)).toBeNull();
	expect(await comingOf(db, reader.id, id)).toMatchObject({ byChat: false });
});
