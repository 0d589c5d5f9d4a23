import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { acceptAnswer, editAnswer, takeBackAcceptance } from '#src/ask/server/questions.ts';
import { dispatch, type EventName, type EventOf } from '#src/core/signals/server/events.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { faqEdit, newFaq } from '../input.ts';
import { faqsFor, faqToEdit, readFaq } from './read.ts';
import { wireFaqs } from './wire.ts';
import { addFaqEntry, changeFaqEntry, editFaq, makeFaq, moveFaqEntry, removeFaqEntry, settleSource } from './write.ts';

const { db } = await testDatabase();
wireFaqs(db);

async function aTeam() {
	const spaceId = await aSpace(db);
	const spaces = [spaceId];
	const [asker, helper, keeper] = [
		await aPerson(db, { spaces }),
		await aPerson(db, { spaces }),
		await aPerson(db, { spaces })
	];
	const ask = (title: string) => askQuestion(db, asker, { spaceId, title, bodyMd: '', tags: [], anonymous: false });
	const answer = (question: string, bodyMd: string) => answerQuestion(db, helper, question, { bodyMd });
	const question = await ask('How do I reset the till?');
	const accepted = await answer(question, 'Hold the green key.');
	await acceptAnswer(db, asker, accepted);
	const make = (more = {}) =>
		makeFaq(db, keeper, parse(newFaq, { spaceId, title: 'The till', bodyMd: 'For new colleagues.', ...more }));
	return { spaceId, asker, helper, keeper, ask, answer, question, accepted, make };
}

test('an answered question is copied, linked, found in the text, and put in once', async () => {
	const { helper, keeper, question, make } = await aTeam();
	const submission = newId();
	const id = await make({ questionId: question, submission });
	expect(await make({ questionId: question, submission })).toBe(id);
	await addFaqEntry(db, keeper, id, question);
	const faq = await readFaq(db, helper, id);
	expect(faq.entries).toMatchObject([
		{
			question: 'How do I reset the till?',
			answerHtml: expect.stringContaining('green key'),
			source: { id: question },
			answerMd: null,
			change: null
		}
	]);
	expect(faq.madeFrom).toMatchObject([{ href: `/questions/${question}` }]);
	expect(await row(db, sql`select body_md from item where id = ${id}`)).toEqual({
		body_md: 'For new colleagues.\n\n## How do I reset the till?\n\nHold the green key.'
	});
	expect((await faqsFor(db, keeper, question)).faqs).toEqual([{ id, title: 'The till', holds: true }]);
	expect((await faqsFor(db, helper, question)).faqs).toEqual([]);
});

test('what its editors are shown when the accepted answer is edited: take it, or keep ours', async () => {
	const { helper, keeper, question, accepted, make } = await aTeam();
	const id = await make({ questionId: question });
	const [entry] = (await readFaq(db, keeper, id)).entries;
	await editAnswer(db, helper, accepted, { bodyMd: 'Hold the blue key.', note: '', version: 1 });
	expect((await readFaq(db, helper, id)).entries[0]!.change).toBeNull();
	const { change } = (await readFaq(db, keeper, id)).entries[0]!;
	expect(change).toMatchObject({ gone: false });
	expect(change!.parts).toContainEqual({ text: 'green', kind: 'removed' });
	expect(change!.parts).toContainEqual({ text: 'blue', kind: 'added' });
	await settleSource(db, keeper, id, entry!.id, { take: 'source' });
	expect((await readFaq(db, keeper, id)).entries).toMatchObject([{ answerMd: 'Hold the blue key.', change: null }]);
	await editAnswer(db, helper, accepted, { bodyMd: 'Hold the red key.', note: '', version: 2 });
	await settleSource(db, keeper, id, entry!.id, { take: 'ours' });
	expect((await readFaq(db, keeper, id)).entries).toMatchObject([{ answerMd: 'Hold the blue key.', change: null }]);
});

test('whoever keeps an FAQ hears once of each change of a source, without a name; whoever changed it does not', async () => {
	const { spaceId, asker, helper, keeper, question, accepted, answer, make } = await aTeam();
	const id = await make({ questionId: question });
	await react('question.accepted');
	expect(await told(id)).toEqual([]);
	await editAnswer(db, helper, accepted, { bodyMd: 'Hold the blue key.', note: '', version: 1 });
	await react('item.edited');
	expect(await told(id)).toEqual([{ person_id: keeper.id, actor_id: null }]);
	await acceptAnswer(db, asker, await answer(question, 'Pull the plug.'));
	await react('question.accepted');
	expect(await told(id)).toHaveLength(2);
	const own = await makeFaq(db, helper, parse(newFaq, { spaceId, title: 'Mine', bodyMd: '' }));
	await addFaqEntry(db, helper, own, question);
	const current = await row<{ id: string; version: number }>(
		db,
		sql`select i.id, i.version from faq_entry e join item i on i.id = e.source_answer_id where e.faq_id = ${own}`
	);
	await editAnswer(db, helper, current!.id, { bodyMd: 'Pull it twice.', note: '', version: current!.version });
	await react('item.edited');
	expect(await told(own)).toEqual([]);
});

/** Carries out the newest event of a name, as the queue would; twice, since it may. */
async function react(name: EventName) {
	const job = await row<{ data: EventOf<EventName> }>(
		db,
		sql`select data from pgboss.job where name = 'event' and data ->> 'name' = ${name} order by created_on desc limit 1`
	);
	await dispatch(job!.data);
	await dispatch(job!.data);
}

const told = (faqId: string) =>
	rows(db, sql`select person_id, actor_id from notification where kind = 'faq.source_changed' and item_id = ${faqId}`);

test('another answer accepted, and none any more, count as changes too', async () => {
	const { asker, keeper, question, answer, make } = await aTeam();
	const id = await make({ questionId: question });
	const [entry] = (await readFaq(db, keeper, id)).entries;
	await acceptAnswer(db, asker, await answer(question, 'Pull the plug.'));
	expect((await readFaq(db, keeper, id)).entries[0]!.change).toMatchObject({ gone: false });
	await takeBackAcceptance(db, asker, question);
	expect((await readFaq(db, keeper, id)).entries[0]!.change).toEqual({ gone: true, parts: [] });
	await expect(settleSource(db, keeper, id, entry!.id, { take: 'source' })).rejects.toMatchObject({ kind: 'conflict' });
	await settleSource(db, keeper, id, entry!.id, { take: 'ours' });
	expect((await readFaq(db, keeper, id)).entries[0]!.change).toBeNull();
});

test('an entry is said in other words and taken out; the opening is edited by itself', async () => {
	const { keeper, question, make } = await aTeam();
	const id = await make({ questionId: question });
	const [entry] = (await readFaq(db, keeper, id)).entries;
	await changeFaqEntry(db, keeper, id, entry!.id, { question: 'Resetting it?', answerMd: 'Green key.' });
	const { version, bodyMd } = await faqToEdit(db, keeper, id);
	expect(bodyMd).toBe('For new colleagues.');
	const edit = parse(faqEdit, { title: 'Tills', bodyMd: 'For all.', version });
	await editFaq(db, keeper, id, edit);
	await expect(editFaq(db, keeper, id, edit)).rejects.toMatchObject({ kind: 'conflict' });
	expect(await row(db, sql`select body_md from item where id = ${id}`)).toEqual({
		body_md: 'For all.\n\n## Resetting it?\n\nGreen key.'
	});
	await removeFaqEntry(db, keeper, id, entry!.id);
	const left = await readFaq(db, keeper, id);
	expect([left.entries, left.madeFrom]).toEqual([[], []]);
	await expect(removeFaqEntry(db, keeper, id, entry!.id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('a question without an accepted answer, of another space, or out of sight is refused at its field', async () => {
	const { helper, keeper, ask, question, make } = await aTeam();
	const id = await make();
	const refused = (questionId: string) =>
		expect(addFaqEntry(db, keeper, id, questionId)).rejects.toMatchObject({
			kind: 'invalid',
			fields: { questionId: expect.any(String) }
		});
	await refused(await ask('How do I open it?'));
	await refused((await aTeam()).question);
	await refused(newId());
	await expect(addFaqEntry(db, helper, id, question)).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await rows(db, sql`select 1 from faq_entry where faq_id = ${id}`)).toEqual([]);
});

test('entries are moved one place, and the text follows; at the end they stay', async () => {
	const { asker, helper, keeper, ask, answer, question, make } = await aTeam();
	const id = await make({ questionId: question });
	const second = await ask('How do I open it?');
	await acceptAnswer(db, asker, await answer(second, 'Turn the key.'));
	await addFaqEntry(db, keeper, id, second);
	const titles = async () => (await readFaq(db, keeper, id)).entries.map((entry) => entry.question);
	const last = (await readFaq(db, keeper, id)).entries[1]!.id;
	await moveFaqEntry(db, keeper, id, last, { move: 'up' });
	const moved = ['How do I open it?', 'How do I reset the till?'];
	expect(await titles()).toEqual(moved);
	expect((await row<{ body_md: string }>(db, sql`select body_md from item where id = ${id}`))!.body_md).toMatch(
		/How do I open it\?[^]*How do I reset the till\?/
	);
	const { version } = await faqToEdit(db, keeper, id);
	await moveFaqEntry(db, keeper, id, last, { move: 'up' });
	expect([await titles(), (await faqToEdit(db, keeper, id)).version]).toEqual([moved, version]);
	await moveFaqEntry(db, keeper, id, last, { move: 'down' });
	expect(await titles()).toEqual(moved.toReversed());
	await expect(moveFaqEntry(db, helper, id, last, { move: 'up' })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(moveFaqEntry(db, keeper, id, newId(), { move: 'up' })).rejects.toMatchObject({ kind: 'not_found' });
});
