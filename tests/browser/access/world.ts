import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { aCookie, aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';

/** Who may come: from nobody to the organisation's admin, who is not in the space. */
export const roles = ['visitor', 'stranger', 'asker', 'member', 'steward', 'admin'] as const;
export type Role = (typeof roles)[number];

/** People who stay the same, around a closed space. */
export interface House {
	spaceId: string;
	slug: string;
	people: Record<Exclude<Role, 'visitor'>, Viewer>;
}

/** What is done something to: made anew for every try, since some tries change or remove it. */
export interface World extends House {
	question: string;
	original: string;
	answer: string;
	comment: string;
	page: string;
}

export async function aHouse(db: Db): Promise<House> {
	const slug = `closed-${newId().slice(-8)}`;
	const spaceId = await aSpace(db, { access: 'closed', slug, allowAnonymous: true });
	const spaces = [spaceId];
	const admin = await aPerson(db);
	await db.insert(orgRole).values({ personId: admin.id, role: 'admin' });
	const people = {
		stranger: await aPerson(db),
		asker: await aPerson(db, { spaces }),
		member: await aPerson(db, { spaces }),
		steward: await aPerson(db, { spaces, steward: true }),
		admin: await viewerOf(db, admin.id)
	};
	return { spaceId, slug, people };
}

/** A sign-in of its own for every try, since one of them signs out. */
export async function cookieOf(db: Db, { people }: House, role: Role): Promise<string> {
	if (role === 'visitor') return '';
	const { name, value } = await aCookie(db, people[role].id);
	return `${name}=${value}`;
}

/** A question by the asker with an answer and a comment by the member, and a page by the asker. */
export async function aWorld(db: Db, house: House): Promise<World> {
	const { spaceId, people } = house;
	const ask = (title: string) =>
		askQuestion(db, people.asker, { spaceId, title, bodyMd: '', tags: ['till'], anonymous: false });
	const question = await ask('How do I reset the till?');
	const answer = await answerQuestion(db, people.member, question, { bodyMd: 'Hold the green key.' });
	return {
		...house,
		...{ question, answer },
		original: await ask('How is the till reset?'),
		comment: await addComment(db, people.member, question, { bodyMd: 'Which till?' }),
		page: await writePage(db, people.asker, { spaceId, title: 'The till', bodyMd: 'All about it.', tags: [] })
	};
}
