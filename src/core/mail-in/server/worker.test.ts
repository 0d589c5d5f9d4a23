import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { askQuestion } from '#src/ask/server/ask.ts';
import { replyTokens } from '#src/core/notify/server/reply-address.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { TEST_SECRET, testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { post, whatCame } from '#src/testing/mail-in.ts';
import { startNode } from '#src/testing/processes.ts';

const { db, url } = await testDatabase();
const { folder } = testFiles();
const port = await freePort();
const env = {
	...{ TRELLIS_ROLE: 'worker', DATABASE_URL: url, DATA_DIR: folder, SECRET: TEST_SECRET, LOG_LEVEL: 'error' },
	...{ MAIL_IN_PORT: String(port), MAIL_FROM: 'trellis@trellis.example', MAIL_IN_AUTHSERV: 'mx.trellis.example' }
};
const started: ReturnType<typeof startNode>[] = [];
afterAll(() => {
	for (const { process } of started) process.kill('SIGKILL');
});

async function worker() {
	const one = startNode(['src/app/serve.ts'], env);
	started.push(one);
	await one.printed('Trellis works');
	return one;
}

const MAILS = 24;

test('a worker killed while it deals with mails: each becomes one answer, by the word of the mail server in front', async () => {
	const spaceId = await aSpace(db);
	const asker = await aPerson(db, { spaces: [spaceId] });
	const ben = await aPerson(db, { email: 'ben@example.org', spaces: [spaceId] });
	const about = { spaceId, title: 'How do I reset the till?', bodyMd: '', tags: [], anonymous: false };
	const itemId = await askQuestion(db, asker, about);
	const [token] = (await replyTokens(db, [{ personId: ben.id, itemId }])).values();
	const answers = () => rows<{ body_md: string }>(db, sql`select body_md from item where kind = 'answer'`);
	const mail = (text: string, word: string) => ({
		...{ from: 'ben@example.org', to: `reply+${token}@trellis.example`, text, unsigned: true },
		headers: { 'Authentication-Results': `mx.trellis.example; dmarc=${word} header.from=example.org` }
	});
	const first = await worker();
	await expect(post(port, mail('Forged', 'fail'))).rejects.toMatchObject({ responseCode: 550 });
	for (let n = 0; n < MAILS; n += 1) await post(port, mail(`Answer ${n}`, 'pass'));
	await expect.poll(async () => (await answers()).length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(2);
	const ended = once(first.process, 'exit');
	first.process.kill('SIGKILL');
	await ended;
	const before = (await answers()).length;
	expect(before).toBeLessThan(MAILS);
	const second = await worker();
	// As ten minutes later.
	await db.execute(sql`update mail_in set came_at = came_at - interval '11 minutes'`);
	await enqueue(db, 'mail-in.left', {});
	const states = async () => new Set((await whatCame(db)).map(({ state }) => state));
	await expect.poll(states, { timeout: 60_000 }).toEqual(new Set(['taken', 'refused']));
	const texts = (await answers()).map(({ body_md }) => body_md).sort();
	expect(texts).toEqual(Array.from({ length: MAILS }, (_, n) => `Answer ${n}`).sort());
	second.process.kill('SIGTERM');
	expect(await second.ended()).toBe(0);
}, 180_000);

test('a port that is in use is said in a sentence', async () => {
	const taken = createServer().listen(port, '127.0.0.1');
	await once(taken, 'listening');
	const one = startNode(['src/app/serve.ts'], env);
	started.push(one);
	expect(await one.ended()).toBe(3);
	expect(one.output()).toContain('set MAIL_IN_PORT to another one');
	taken.close();
}, 60_000);

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port: free } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return free;
}
