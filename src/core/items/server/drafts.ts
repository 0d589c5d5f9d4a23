import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { draft } from './schema.ts';

export interface Draft {
	key: string;
	/** The fields of the form, by name; `_address` is the page it stands on. */
	content: Record<string, string>;
	/** ISO time of the last save. */
	updatedAt: string;
}

/** What is being written: 'question', 'answer:<question>', 'edit:<item>'. */
export const draftKey = z.string().regex(/^[a-z][a-z-]{0,30}(:[0-9a-z-]{1,40})?$/, 'is not the name of a draft');

const storable = (text: string) => text.replaceAll('\0', '').toWellFormed();

/** What is kept of a form. */
export const draftInput = z.strictObject({
	content: z
		.record(
			z
				.string()
				.max(60)
				.refine((name) => name === storable(name), 'is not the name of a field'),
			z.string().max(120_000).transform(storable)
		)
		.refine((fields) => Object.keys(fields).length <= 1000, 'has too many fields'),
	/** When the writer last saw this draft saved: a newer one is from another window. */
	seen: z.iso.datetime().nullable().default(null)
});
const input = draftInput.extend({ key: draftKey });

const MOST_DRAFTS = 300;

/**
 * Saves what somebody is writing. A draft of another window is not overwritten unseen.
 * @returns when it was saved; give it as `seen` the next time
 * @throws Failure conflict with the other `draft`; invalid for bad names and above 300 drafts
 */
export async function saveDraft(db: Db, viewer: Viewer, given: unknown): Promise<{ updatedAt: string }> {
	const { key, content, seen } = parse(input, given);
	return db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${viewer.id + key}, 1))`);
		const other = await loadDraft(tx, viewer, key);
		const isNewer = other && (seen === null || other.updatedAt > seen);
		if (isNewer && !sameFields(other.content, content))
			throw conflict('This draft was changed in another window.', { draft: other });
		if (!other) await checkRoom(tx, viewer);
		const [saved] = await tx
			.insert(draft)
			.values({ personId: viewer.id, key, content })
			.onConflictDoUpdate({
				target: [draft.personId, draft.key],
				set: { content, updatedAt: sql`date_trunc('milliseconds', clock_timestamp())` }
			})
			.returning();
		return { updatedAt: saved!.updatedAt.toISOString() };
	});
}

async function checkRoom(tx: Db, viewer: Viewer): Promise<void> {
	const kept = await row<{ n: number }>(tx, sql`select count(*)::int as n from draft where person_id = ${viewer.id}`);
	if (kept!.n >= MOST_DRAFTS) throw invalid({ key: `You have ${MOST_DRAFTS} drafts. Discard some to start another.` });
}

/** The viewer's draft of a name, if there is one. */
export async function loadDraft(db: Db, viewer: Viewer, key: string): Promise<Draft | undefined> {
	const [found] = await db.select().from(draft).where(mine(viewer, key));
	return found && toDraft(found);
}

/** Throws a draft away: its text was sent, or its writer says so. */
export async function discardDraft(db: Db, viewer: Viewer, key: string): Promise<void> {
	await db.delete(draft).where(mine(viewer, key));
}

/** All drafts of the viewer, the newest first. */
export async function listDrafts(db: Db, viewer: Viewer): Promise<Draft[]> {
	const found = await db.select().from(draft).where(eq(draft.personId, viewer.id)).orderBy(desc(draft.updatedAt));
	return found.map(toDraft);
}

const mine = (viewer: Viewer, key: string) => and(eq(draft.personId, viewer.id), eq(draft.key, key));

const toDraft = ({ key, content, updatedAt }: typeof draft.$inferSelect): Draft => ({
	...{ key, content, updatedAt: updatedAt.toISOString() }
});

function sameFields(one: Record<string, string>, other: Record<string, string>): boolean {
	const names = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...names].every((name) => one[name] === other[name]);
}

export interface DraftSummary {
	key: string;
	/** What it will be: "Question", "Answer", "Edit". */
	kind: string;
	title: string;
	excerpt: string;
	/** The page its form stands on. */
	address: string | undefined;
	updatedAt: string;
}

/** A draft as a list shows it. */
export function describeDraft({ key, content, updatedAt }: Draft): DraftSummary {
	const name = key.split(':')[0]!.replaceAll('-', ' ');
	const kind = name[0]!.toUpperCase() + name.slice(1);
	const words = (content.bodyMd ?? content.body ?? '')
		.replace(/[#>*_`|~[\]]+/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const excerpt = words.length > 160 ? `${words.slice(0, 160)}…` : words;
	const title = content.title?.trim() || excerpt.slice(0, 80) || `${kind} without words yet`;
	// A path of this house, whatever was sent.
	const address = /^\/(?![/\\])[\w/%.~-]*$/.test(content._address ?? '') ? content._address : undefined;
	return { key, kind, title, excerpt: title === excerpt ? '' : excerpt, updatedAt, address };
}
