import { randomInt } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewSpace, SpaceSettings } from '../input.ts';
import { canManage } from './policy.ts';
import { spaceById, type Space } from './read.ts';
import { space, spaceMember } from './schema.ts';

/** Creates a space with the viewer as its steward: anybody may. @returns the name in its address */
export async function createSpace(db: Db, viewer: Viewer, { submission, ...input }: NewSpace): Promise<string> {
	return db.transaction(async (tx) => {
		const before = submission && !(await isFirst(tx, viewer, submission)) && (await madeBefore(tx, viewer, input.name));
		if (before) return before;
		const id = newId();
		const slug = await insertWithSlug(input.name, input.access, async (candidate) => {
			const made = await tx
				.insert(space)
				.values({ id, slug: candidate, ...input, createdBy: viewer.id })
				.onConflictDoNothing()
				.returning({ id: space.id });
			return made.length > 0;
		});
		await tx.insert(spaceMember).values({ spaceId: id, personId: viewer.id, role: 'steward' });
		await emit(tx, 'space.joined', { spaceId: id, personId: viewer.id });
		// An open space can be read by everybody at once.
		await tellRightsChanged(tx, input.access === 'open' ? '*' : viewer.id);
		return slug;
	});
}

/** The space that the same submission has made. */
async function madeBefore(tx: Db, viewer: Viewer, name: string): Promise<string | undefined> {
	const [made] = await tx
		.select({ slug: space.slug })
		.from(space)
		.where(and(eq(space.createdBy, viewer.id), eq(space.name, name)))
		.orderBy(desc(space.id))
		.limit(1);
	return made?.slug;
}

/**
 * Changes name, purpose and rules of a space.
 * @returns the name in its address, a new one when the space becomes secret
 */
export async function updateSpace(db: Db, viewer: Viewer, id: string, input: SpaceSettings): Promise<string> {
	return db.transaction(async (tx) => {
		const current = await managed(tx, viewer, id);
		if (current.kind === 'organisation' && input.access !== 'open')
			throw invalid({ access: 'stays open for the space of everybody' });
		await tx.update(space).set(input).where(eq(space.id, id));
		if (input.access === current.access) return current.slug;
		await tellRightsChanged(tx, '*');
		return input.access === 'secret' ? hideSlug(tx, id, input.name) : current.slug;
	});
}

/** Makes a space read-only, or opens it again. */
export async function archiveSpace(db: Db, viewer: Viewer, id: string, archived: boolean): Promise<void> {
	await db.transaction(async (tx) => {
		const current = await managed(tx, viewer, id);
		if (current.kind === 'organisation') throw invalid({ _: 'The space of everybody stays.' });
		await tx
			.update(space)
			.set({ archivedAt: archived ? sql`now()` : null })
			.where(eq(space.id, id));
		await tellRightsChanged(tx, '*');
	});
}

async function managed(tx: Db, viewer: Viewer, id: string): Promise<Space> {
	const current = await spaceById(tx, viewer, id);
	allow(canManage(viewer, current), 'Only stewards change a space.');
	return current;
}

async function hideSlug(tx: Db, id: string, name: string): Promise<string> {
	const slug = `${slugOf(name)}-${suffix()}`;
	await tx.update(space).set({ slug }).where(eq(space.id, id));
	return slug;
}

/**
 * Finds a free name for the address. A secret space always gets one that nobody can guess:
 * a taken name would tell that it exists.
 */
async function insertWithSlug(
	name: string,
	access: Space['access'],
	insert: (slug: string) => Promise<boolean>
): Promise<string> {
	const plain = slugOf(name);
	if (access !== 'secret' && !taken.has(plain) && (await insert(plain))) return plain;
	for (;;) {
		const slug = `${plain}-${suffix()}`;
		if (await insert(slug)) return slug;
	}
}

/** Addresses that pages of ours have. */
const taken = new Set(['new']);

/** Nine letters and digits that are told apart by eye: more than 40 bits. */
function suffix(): string {
	const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
	return Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A name as it stands in an address: letters and digits of any script, joined by hyphens. */
export function slugOf(name: string): string {
	const plain = name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.slice(0, 50)
		.replace(/^-+|-+$/g, '');
	return plain || 'space';
}
