import { afterAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { viewerOf, aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { connect } from '#src/platform/server/db.ts';
import { Live } from './live.ts';
import { markRead } from './read.ts';

const { db, url } = await testDatabase({ work: true });
// Two web processes, each with its own connections; a third, the worker, tells.
const processes = await Promise.all(
	[1, 2].map(async () => {
		const connection = connect(url, 3);
		const live = new Live(connection.db);
		await live.listen(connection.client);
		return { live, connection };
	})
);
afterAll(async () => {
	for (const { live, connection } of processes) {
		live.end();
		await connection.close();
	}
});

interface Heard {
	text: string;
	isOver: boolean;
	/** The last count, and what was added. */
	unread(): number | undefined;
	added(): string[];
}

/** Opens a page in one of the processes and keeps what it hears. */
async function open(
	process: number,
	viewer: Viewer,
	options: { pageId?: string; since?: string } = {}
): Promise<Heard> {
	const stream = await processes[process]!.live.open(viewer, options);
	const heard: Heard = {
		...{ text: '', isOver: false },
		unread: () => Number([...heard.text.matchAll(/"unread":(\d+)/g)].at(-1)?.[1]),
		added: () => [...heard.text.matchAll(/event: added\ndata: (.+)/g)].map(([, data]) => JSON.parse(data!).id)
	};
	void (async () => {
		const decoder = new TextDecoder();
		for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) heard.text += decoder.decode(chunk);
		heard.isOver = true;
	})();
	await until(() => heard.text.includes('event: count'));
	return heard;
}

async function aQuestion() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const asker = await aPerson(db, { spaces: [spaceId] });
	const colleague = await aPerson(db, { spaces: [spaceId] });
	const input = { spaceId, title: 'How do I reset the till?', bodyMd: '', tags: [], anonymous: false };
	return { asker, colleague, question: await askQuestion(db, asker, input) };
}

test('all open pages of a person hear of an answer, whatever process holds them', async () => {
	const { asker, colleague, question } = await aQuestion();
	const pages = [await open(0, asker), await open(1, asker), await open(1, asker, { pageId: question })];
	const answer = await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await until(() => pages.every((page) => page.unread() === 1) && pages[2]!.added().length > 0);
	expect(pages.map((page) => page.unread())).toEqual([1, 1, 1]);
	expect(pages.map((page) => page.added())).toEqual([[], [], [answer]]);
	await markRead(db, asker);
	await until(() => pages.every((page) => page.unread() === 0));
	expect(pages.map((page) => page.unread())).toEqual([0, 0, 0]);
});

test('who may not read a page hears nothing of it', async () => {
	const { colleague, question } = await aQuestion();
	const outsider = await open(0, await aPerson(db), { pageId: question });
	const member = await open(0, colleague, { pageId: question });
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await until(() => member.added().length > 0);
	expect(member.added()).toHaveLength(1);
	expect(outsider.text).not.toContain('added');
});

test('a page that comes back hears what it missed', async () => {
	const { asker, colleague, question } = await aQuestion();
	const since = new Date(Date.now() - 600_000).toISOString();
	const answer = await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	const page = await open(0, asker, { pageId: question, since });
	await until(() => page.added().length > 0);
	expect(page.added()).toEqual([answer]);
});

test('a change of rights, such as signing out, ends the streams of that person in every process', async () => {
	const { asker, colleague } = await aQuestion();
	const pages = [await open(0, asker), await open(1, asker)];
	const other = await open(0, colleague);
	await tellRightsChanged(db, asker.id);
	await until(() => pages.every(({ isOver }) => isOver));
	expect(pages.map(({ isOver }) => isOver)).toEqual([true, true]);
	expect(other.isOver).toBe(false);
});

test('one person cannot hold more than thirty streams', async () => {
	const viewer = await viewerOf(db, (await aPerson(db)).id);
	const pages: Heard[] = [];
	for (let n = 0; n < 32; n += 1) pages.push(await open(0, viewer));
	await until(() => pages.filter(({ isOver }) => isOver).length === 2);
	expect(pages.map(({ isOver }) => isOver).slice(0, 3)).toEqual([true, true, false]);
});
