import { eq } from 'drizzle-orm';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { startAttempt } from '#src/checks/attempts/server/start.ts';
import { submitAttempt } from '#src/checks/attempts/server/submit.ts';
import { askToPass } from '#src/checks/asking/server/ask.ts';
import { listProofs } from '#src/checks/proofs/server/proofs.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { file, itemFile } from '#src/core/files/server/schema.ts';
import { invite } from '#src/core/people/server/invitations.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import { invitation, spaceRequest } from '#src/core/spaces/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { shelf, type Shared } from './shared.ts';
import { aBareCheck, anAsking, anAttempt } from '#src/testing/askings.ts';
import { aBank, aCheck } from '#src/testing/checks.ts';
import { aCookie, aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';

/** Who may come: from nobody to the organisation's admin, who is not in the space. */
export const roles = ['visitor', 'stranger', 'asker', 'member', 'steward', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A closed space with people around it, and what is done something to. */
export interface World {
	spaceId: string;
	slug: string;
	people: Record<Exclude<Role, 'visitor'>, Viewer>;
	question: string;
	original: string;
	answer: string;
	comment: string;
	page: string;
	/** What the asker shared in the library, by its place: `stories`. */
	shared: Shared;
	/** A check that the steward asks of the members, by a law that names them; the asker has passed it. */
	asked: { checks: string; tasks: string; askings: string; proofs: string };
	/** A check with questions, the member's open attempt at it, and one of the colleague whose work the asker looks at. */
	taken: { check: string; attempt: string; review: string; question: string };
	/** A bank of questions that the asker made. */
	bank: string;
	/** A file that the page shows. */
	file: string;
	/** One more member of the space, and somebody who has asked to be let in. */
	colleague: string;
	applicant: string;
	/** An open invitation, and the secret of its link. */
	invitation: string;
	token: string;
}

/** What every world has: the space, and people in and around it. */
type Ground = Pick<World, 'spaceId' | 'slug' | 'people'> & { colleagueViewer: Viewer };
type Make = (db: Db, ground: Ground) => Promise<Partial<Omit<World, 'shared'>>>;

/** What may stand in a world beside what the asker shared, each part by itself. */
const parts: Record<string, Make> = {
	// A question by the asker with an answer and a comment by the member.
	thread: async (db, { spaceId, people: { asker, member } }) => {
		const question = await ask(db, asker, spaceId, 'How do I reset the till?');
		return {
			question,
			answer: await answerQuestion(db, member, question, { bodyMd: 'Hold the green key.' }),
			comment: await addComment(db, member, question, { bodyMd: 'Which till?' })
		};
	},
	original: async (db, { spaceId, people: { asker } }) => ({
		original: await ask(db, asker, spaceId, 'How is the till reset?')
	}),
	page: async (db, { spaceId, people: { asker } }) => {
		const page = await writePage(db, asker, { spaceId, title: 'The till', bodyMd: 'All about it.', tags: [] });
		return { page, file: await aFileOf(db, page, asker) };
	},
	asked: async (db, { spaceId, people }) => ({ asked: await anAskedCheck(db, spaceId, people) }),
	bank: async (db, { spaceId, people }) => ({ bank: await aBank(db, people.asker, spaceId) }),
	taken: async (db, { spaceId, people, colleagueViewer }) => ({
		taken: await aTakenCheck(db, spaceId, people, colleagueViewer)
	}),
	applicant: async (db, { spaceId }) => {
		const applicant = (await aPerson(db)).id;
		await db.insert(spaceRequest).values({ spaceId, personId: applicant });
		return { applicant };
	},
	invitation: async (db, { people: { admin } }) => {
		const token = await invite(db, admin, { maxUses: 10, days: 1 });
		const ofToken = eq(invitation.tokenHash, hashSecret(token));
		const [made] = await db.select().from(invitation).where(ofToken);
		return { invitation: made!.id, token };
	}
};

/** Which part each thing of a world came with: `answer` with `thread`, `shared.bankQuestion` with `shared.checks`. */
const cameWith = new Map<string, string>();

/** @param wanted names of the parts to make; all of them when it is left out */
export async function aWorld(db: Db, wanted?: ReadonlySet<string>): Promise<World> {
	const slug = `closed-${newId().slice(-8)}`;
	const spaceId = await aSpace(db, { access: 'closed', slug, allowAnonymous: true });
	const people = await aCast(db, spaceId);
	const colleagueViewer = await aPerson(db, { spaces: [spaceId] });
	const shared = {};
	const world = { spaceId, slug, people, colleague: colleagueViewer.id, shared };
	const keep = (into: object, prefix: string, part: string, made: object) => {
		for (const key of Object.keys(made)) cameWith.set(prefix + key, part);
		Object.assign(into, made);
	};
	for (const [part, make] of Object.entries(parts))
		if (wanted?.has(part) ?? true) keep(world, '', part, await make(db, { spaceId, slug, people, colleagueViewer }));
	for (const [name, make] of Object.entries(shelf)) {
		const part = `shared.${name}`;
		if (wanted?.has(part) ?? true) keep(shared, 'shared.', part, await make(db, people.asker, spaceId));
	}
	return world as World;
}

/**
 * Which parts of a world a row looks at: most look at one or two.
 * @param whole a world with all parts
 */
export function partsSeen(whole: World, look: (world: World) => void): Set<string> {
	const seen = new Set<string>();
	const watched = <T extends object>(thing: T, prefix: string): T =>
		new Proxy(thing, {
			get: (target, key) => {
				const part = cameWith.get(prefix + String(key));
				if (part) seen.add(part);
				return Reflect.get(target, key);
			}
		});
	look(watched({ ...whole, shared: watched(whole.shared, 'shared.') }, ''));
	return seen;
}

const ask = (db: Db, asker: Viewer, spaceId: string, title: string) =>
	askQuestion(db, asker, { spaceId, title, bodyMd: '', tags: ['till'], anonymous: false });

async function anAskedCheck(db: Db, spaceId: string, { asker, steward }: World['people']): Promise<World['asked']> {
	const check = await aBareCheck(db, asker, spaceId, 'The till');
	const asked = anAsking({ audience: 'space', spaceId, legalNames: true });
	const askings = await askToPass(db, steward, check, asked);
	await anAttempt(db, asker, check);
	const [proof] = await listProofs(db, asker);
	return { checks: check, tasks: check, askings, proofs: proof!.id };
}

async function aTakenCheck(
	db: Db,
	spaceId: string,
	{ asker, member }: World['people'],
	colleague: Viewer
): Promise<World['taken']> {
	const { id: check, questions } = await aCheck(db, asker, spaceId, { types: ['show'] });
	const question = questions.show!;
	const attempt = await startAttempt(db, member, check);
	const review = await startAttempt(db, colleague, check);
	const answers = { [question]: { url: 'https://example.org/film', note: '' } };
	await submitAttempt(db, colleague, review, { revision: 0, answers });
	return { check, attempt, review, question };
}

async function aFileOf(db: Db, itemId: string, uploader: Viewer): Promise<string> {
	const id = newId();
	const sha256 = id.replaceAll('-', '').repeat(2);
	await db.insert(file).values({ id, sha256, name: 'till.txt', mime: 'text/plain', bytes: 4, uploaderId: uploader.id });
	await db.insert(itemFile).values({ itemId, fileId: id });
	return id;
}

async function aCast(db: Db, spaceId: string): Promise<World['people']> {
	const spaces = [spaceId];
	const admin = await aPerson(db);
	await db.insert(orgRole).values({ personId: admin.id, role: 'admin' });
	return {
		stranger: await aPerson(db),
		asker: await aPerson(db, { spaces }),
		member: await aPerson(db, { spaces }),
		steward: await aPerson(db, { spaces, steward: true }),
		admin: await viewerOf(db, admin.id)
	};
}

/** A sign-in of its own for every try, since one of them signs out. */
export async function cookieOf(db: Db, { people }: World, role: Role): Promise<string> {
	if (role === 'visitor') return '';
	const { name, value } = await aCookie(db, people[role].id);
	return `${name}=${value}`;
}
