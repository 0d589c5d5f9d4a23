import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { readInsights } from './read.ts';

const { db } = await testDatabase();
const api = apiClient(db);
/** A Wednesday at noon, in working hours. */
const NOW = new Date('2030-05-15T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

async function aTendedSpace(columns: Parameters<typeof aSpace>[1] = {}) {
	const spaceId = await aSpace(db, columns);
	return { spaceId, steward: await aPerson(db, { spaces: [spaceId], steward: true, name: 'Stella Steward' }) };
}

async function joined(spaceId: string, hours: number, name = 'Noor New'): Promise<Viewer> {
	const person = await aPerson(db, { spaces: [spaceId], name });
	await db.execute(sql`update space_member set joined_at = ${ago(hours)} where person_id = ${person.id}`);
	return viewerOf(db, person.id);
}

const at = (itemId: string, hours: number) =>
	db.execute(sql`update item set created_at = ${ago(hours)} where id = ${itemId}`);

async function asks(
	person: Viewer,
	spaceId: string,
	hours: number,
	title = 'Where do I find gloves?',
	anonymous = false
) {
	const id = await askQuestion(db, person, { spaceId, title, bodyMd: '', tags: [], anonymous });
	await at(id, hours);
	return id;
}

const newcomersOf = async (viewer: Viewer, spaceId: string) => (await readInsights(db, viewer, spaceId, NOW)).newcomers;

test('how soon first words get a reply is told of five newcomers or more; those that wait count as the longest', async () => {
	const { spaceId, steward } = await aTendedSpace();
	for (const hours of [1, 2, 3, 4]) {
		const person = await joined(spaceId, 400);
		const question = await asks(person, spaceId, 300);
		// A reply of one's own is none, and later words are not looked at.
		await at(await addComment(db, person, question, { bodyMd: 'Mine.' }), 299.9);
		await at(await answerQuestion(db, steward, question, { bodyMd: 'In the blue box.' }), 300 - hours);
		await asks(person, spaceId, 200, 'And boots?');
	}
	expect((await newcomersOf(steward, spaceId)).times).toEqual({ people: null, p50Minutes: null, p90Minutes: null });
	const late = await joined(spaceId, 50);
	const waiting = await asks(late, spaceId, 30, 'Where are the boots?');
	const told = await newcomersOf(steward, spaceId);
	expect(told.times).toEqual({ people: 5, p50Minutes: 180, p90Minutes: null });
	// From Tuesday 06:00 to Wednesday 12:00 lie a working day of eight hours and three more.
	expect(told).toMatchObject({
		waitingInAll: 1,
		waiting: [{ id: waiting, title: 'Where are the boots?', href: `/questions/${waiting}`, workMinutes: 660 }]
	});
	expect(told.waiting[0]!.person).toEqual({ id: late.id, name: 'Noor New' });
});

test('a comment waits for what comes after it, an answer for a comment or a mark; nameless words are left out', async () => {
	const { spaceId, steward } = await aTendedSpace({ allowAnonymous: true });
	const old = await joined(spaceId, 5_000, 'Olaf Old');
	const question = await asks(old, spaceId, 90);
	const [first, second, third] = [await joined(spaceId, 90), await joined(spaceId, 90), await joined(spaceId, 90)];
	const comment = await addComment(db, first, question, { bodyMd: 'Which ones?' });
	await at(comment, 80);
	const answer = await answerQuestion(db, second, question, { bodyMd: 'In the box.' });
	await at(answer, 70);
	await asks(third, spaceId, 60, 'May I say something?', true);
	const waitsFor = async () => (await newcomersOf(steward, spaceId)).waiting.map(({ href }) => href);
	expect(await waitsFor()).toEqual([
		`/questions/${question}#comment-${comment}`,
		`/questions/${question}#answer-${answer}`
	]);
	await at(await addComment(db, old, question, { bodyMd: 'The thin ones.' }), 10);
	await db.execute(sql`insert into helped (item_id, person_id, created_at) values (${answer}, ${old.id}, ${ago(9)})`);
	expect(await waitsFor()).toEqual([]);
});

test('who joined more than thirty days ago, looks after the space or left the organisation is not new', async () => {
	const { spaceId, steward } = await aTendedSpace();
	await joined(spaceId, 31 * 24);
	const gone = await joined(spaceId, 10);
	await db.execute(sql`update person set deactivated_at = now() where id = ${gone.id}`);
	const fresh = await joined(spaceId, 29 * 24);
	expect(await newcomersOf(steward, spaceId)).toMatchObject({ joined: 1, welcomed: 0, toWelcome: [{ id: fresh.id }] });
});

test('only those who look after a space read it: its stewards, and community managers who may read it', async () => {
	const { spaceId, steward } = await aTendedSpace();
	const { spaceId: closed } = await aTendedSpace({ access: 'closed' });
	const manager = await aPerson(db);
	await db.execute(sql`insert into org_role (person_id, role) values (${manager.id}, 'community_manager')`);
	const viewers = [steward, await viewerOf(db, manager.id), await aPerson(db, { spaces: [spaceId] })];
	const statuses = await Promise.all(
		viewers.flatMap((viewer) => [spaceId, closed].map((id) => api(viewer, `GET /spaces/${id}/insights`)))
	);
	expect(statuses.map(({ status }) => status)).toEqual([200, 403, 200, 403, 403, 403]);
});
