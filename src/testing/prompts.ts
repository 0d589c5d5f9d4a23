import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { entryText, newPrompt } from '#src/prompts/input.ts';
import { enterPrompt, entriesOf } from '#src/prompts/server/entries.ts';
import { makePrompt } from '#src/prompts/server/write.ts';

/** A prompt that takes entries, with two prizes; give more to differ from the default. */
export const aPrompt = (db: Db, viewer: Viewer, spaceId: string, more: Record<string, unknown> = {}): Promise<string> =>
	makePrompt(
		db,
		viewer,
		parse(newPrompt, {
			...{ spaceId, title: 'Which tool changed your week?', rule: 'A tool, and why.' },
			...{ closesOn: '2999-04-26', announcesOn: '2999-05-03', prizes: ['A book', 'Tea'], ...more }
		})
	);

/** Enters it. */
export const enters = (db: Db, viewer: Viewer, promptId: string, answer = 'Rope'): Promise<void> =>
	enterPrompt(db, viewer, promptId, parse(entryText, { answer, why: 'It holds.' }));

/** Lets its days pass: closed, and due to be drawn. */
export const passed = (db: Db, promptId: string): Promise<unknown> =>
	db.execute(
		sql`update prompt set closes_on = current_date - 2, announces_on = current_date where item_id = ${promptId}`
	);

/** One that takes entries and one that is due to be drawn, each with an entry of the author's own. */
export async function aPromptOfEach(db: Db, viewer: Viewer, spaceId: string) {
	const [prompts, due] = [await aPrompt(db, viewer, spaceId), await aPrompt(db, viewer, spaceId)];
	for (const id of [prompts, due]) await enters(db, viewer, id);
	await passed(db, due);
	return { prompts, due, promptEntry: (await entriesOf(db, viewer, prompts))[0]!.id };
}
