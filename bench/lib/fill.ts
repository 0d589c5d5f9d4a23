import { newAnswer, newQuestion } from '#src/ask/input.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { createToken } from '#src/core/api/server/tokens.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { connect, type Db } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aCookie, aSpace } from '#src/testing/builders.ts';

const PARAGRAPH =
	'Hold the green key for **five seconds** until the screen says `RESET`, then let go. The till prints a line of its own; keep it with the day’s receipts. ';
const LIST = '\n\n1. Close the drawer.\n2. Call the desk when the lamp stays red.\n3. Write down the time.\n';

export interface Filled {
	questionId: string;
	/** Of the first reader. */
	cookie: string;
	/** Of all readers, who may all read the question. */
	cookies: string[];
	/** Of the same people: the API counts the calls of each. */
	tokens: string[];
}

/** An organisation with one question of ten answers and five comments, and people who read it. */
export async function fillQuestion(databaseUrl: string, readers = 1): Promise<Filled> {
	const { db, client, close } = connect(databaseUrl, 2);
	await startJobs(databaseUrl, false);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const spaces = [await aSpace(db, { name: 'Shop floor' })];
		const people: Viewer[] = [];
		for (let n = 0; n < 4; n += 1) people.push(await aPerson(db, { spaces }));
		const questionId = await ask(db, people, spaces[0]!);
		const cookies: string[] = [];
		const tokens: string[] = [];
		for (let n = 0; n < readers; n += 1) {
			const reader = await aPerson(db, { spaces });
			const { name, value } = await aCookie(db, reader.id);
			cookies.push(`${name}=${value}`);
			tokens.push((await createToken(db, reader, { name: 'Bench', scopes: ['read'], days: 1 })).token);
		}
		await client`vacuum analyze`;
		return { questionId, cookie: cookies[0]!, cookies, tokens };
	} finally {
		await stopJobs();
		await close();
	}
}

async function ask(db: Db, people: Viewer[], spaceId: string): Promise<string> {
	const bodyMd = PARAGRAPH.repeat(2) + LIST;
	const asked = { spaceId, title: 'How do I reset the till at the second desk?', bodyMd, tags: 'till,desk' };
	const questionId = await askQuestion(db, people[0]!, parse(newQuestion, asked));
	for (let n = 0; n < 10; n += 1) {
		const answer = parse(newAnswer, { bodyMd: PARAGRAPH.repeat(3) });
		const answerId = await answerQuestion(db, people[1 + (n % 3)]!, questionId, answer);
		if (n % 2 === 0) await addComment(db, people[0]!, answerId, { bodyMd: 'Thank you, the lamp is green again.' });
	}
	return questionId;
}
