import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment, editComment, removeComment } from '#src/core/items/server/comments.ts';
import { flagOutdated, settleFlags } from '#src/core/items/server/flags.ts';
import { startFollowing, stopFollowing } from '#src/core/items/server/follows.ts';
import { markHelped, takeBackHelped } from '#src/core/items/server/helped.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { removeKeptItem } from '#src/core/keeping/server/change.ts';
import { keepItem } from '#src/core/keeping/server/keep.ts';
import { sql } from '#src/platform/server/db.ts';
import { printOf } from '#src/platform/server/kept.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { markDuplicate, unmarkDuplicate } from './duplicates.ts';
import { questionPrints } from './print.ts';
import { acceptAnswer, editAnswer, editQuestion, takeBackAcceptance } from './questions.ts';
import { readQuestion } from './read.ts';

const { db, client } = await testDatabase();
const print = questionPrints(client);
const ask = (viewer: Viewer, spaceId: string, anonymous = false) =>
	askQuestion(db, viewer, { spaceId, title: 'How do I reset the till?', bodyMd: 'It hangs.', tags: [], anonymous });

test('whatever is done, who has the same print sees the same, and what was seen before has another', async () => {
	const [spaceId, elsewhere] = [await aSpace(db, { allowAnonymous: true }), await aSpace(db, { access: 'closed' })];
	const spaces = [spaceId];
	const asker = await aPerson(db, { spaces });
	const steward = await aPerson(db, { spaces, steward: true });
	const [colleague, other] = [await aPerson(db, { spaces }), await aPerson(db, { spaces })];
	const both = await aPerson(db, { spaces: [spaceId, elsewhere] });
	const guest = await aPerson(db);
	const everybody = [asker, steward, colleague, other, both, guest];
	const id = await ask(asker, spaceId, true);
	const hidden = await ask(both, elsewhere);
	const said = await answerQuestion(db, both, hidden, { bodyMd: 'Behind the door.' });
	const answer = await answerQuestion(db, colleague, id, { bodyMd: 'Hold the green key.' });
	const second = await answerQuestion(db, steward, id, { bodyMd: 'Unplug it.' });
	const comment = await addComment(db, other, answer, { bodyMd: 'Thank you.' });
	const target = { targetKind: 'item', target: id } as const;

	const seen = new Map<string, string>();
	const views = new Map<string, string>();
	async function look(): Promise<boolean[]> {
		const changed: boolean[] = [];
		for (const { id: personId } of everybody) {
			const viewer = await viewerOf(db, personId);
			const read = await readQuestion(db, viewer, id);
			const [key, view] = [printOf(read)!, JSON.stringify(read)];
			expect((await print(viewer, id))?.print).toBe(key);
			expect(seen.get(key) ?? view).toBe(view);
			seen.set(key, view);
			changed.push(views.get(personId) !== view);
			views.set(personId, view);
		}
		return changed;
	}
	await look();
	expect(views.get(other.id)).not.toContain(asker.id);

	const changes: (() => Promise<unknown>)[] = [
		() => editQuestion(db, asker, id, { title: 'How?', bodyMd: 'Still.', tags: ['till'], note: '', version: 1 }),
		() => editAnswer(db, colleague, answer, { bodyMd: 'Hold the red key.', note: '', version: 1 }),
		() => editComment(db, other, comment, { bodyMd: 'Thanks.', version: 1 }),
		() => addComment(db, asker, id, { bodyMd: 'It is the old one.' }),
		() => markHelped(db, other, answer, { minutesSaved: 5, note: '' }),
		() => takeBackHelped(db, other, answer),
		() => keepItem(db, colleague, second, { note: '', tags: [] }),
		() => removeKeptItem(db, colleague, second),
		() => flagOutdated(db, other, second, { note: '' }),
		() => settleFlags(db, steward, second, { as: 'still_right' }),
		() => startFollowing(db, guest, target),
		() => stopFollowing(db, guest, target),
		() => acceptAnswer(db, asker, answer),
		() => takeBackAcceptance(db, asker, id),
		() => db.transaction((tx) => changeState(tx, asker, id, 'archived')),
		() => db.transaction((tx) => changeState(tx, asker, id, 'open')),
		() => markDuplicate(db, both, hidden, id),
		() => editAnswer(db, both, said, { bodyMd: 'Behind the other door.', note: '', version: 1 }),
		() => unmarkDuplicate(db, both, hidden),
		() => removeComment(db, other, comment),
		() => db.transaction((tx) => changeState(tx, steward, second, 'removed')),
		() => db.execute(sql`update person set name = 'Zoë' where id = ${colleague.id}`),
		() => db.execute(sql`update space set name = 'Counter' where id = ${spaceId}`),
		() => db.execute(sql`delete from space_member where person_id = ${other.id}`),
		() => db.execute(sql`update space_member set role = 'member' where person_id = ${steward.id}`),
		() => db.execute(sql`update space set archived_at = now() where id = ${spaceId}`)
	];
	for (const change of changes) {
		await change();
		expect(await look(), change.toString()).toContain(true);
	}
});

test('who has nothing to do with a question has the print of everybody, and nobody has one of what they may not read', async () => {
	const spaceId = await aSpace(db, { access: 'closed' });
	const [asker, one, two] = [0, 1, 2].map(() => aPerson(db, { spaces: [spaceId] }));
	const id = await ask(await asker!, spaceId);
	const prints = [await one!, await two!, await asker!, await aPerson(db)].map(
		async (viewer) => (await print(viewer, id))?.print
	);
	const [first, second, own, none] = await Promise.all(prints);
	expect(first).toBe(second);
	expect(own).not.toBe(first);
	expect(none).toBeUndefined();
});
