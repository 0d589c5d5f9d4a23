import { allow, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import type { DripDraft, DripDraftRow, Named, TipDraft, TipKind } from '../drip.ts';
import type { DripEdit, NewDrip } from '../input.ts';
import { lint } from '../words.ts';

/** A series as the database has it. */
export interface DripRecord {
	id: string;
	space_id: string;
	begun_by: string;
	title: string;
	about: string;
	alone: boolean;
	version: number;
	published_at: string | null;
	author_ids: string[];
}

/** Who writes it: its authors, and the stewards of its space. */
export const mayWrite = (viewer: Viewer, { space_id, author_ids }: Pick<DripRecord, 'space_id' | 'author_ids'>) =>
	!viewer.archivedSpaces.has(space_id) && (author_ids.includes(viewer.id) || isSteward(viewer, space_id));

/** The authors of the series `d`. */
export const authorIds = sql`array(select a.person_id::text from drip_author a where a.drip_id = d.id) as author_ids`;

/**
 * Begins a series; its first author is the viewer.
 * @returns its id
 * @throws Failure forbidden where the viewer does not write
 */
export async function beginDrip(db: Db, viewer: Viewer, input: NewDrip): Promise<string> {
	const { spaceId, title, about, alone, submission = null } = input;
	return db.transaction(async (tx) => {
		allow(canWriteIn(viewer, { spaceId }), 'Join the space to write a series for it.');
		const id = newId();
		await tx.execute(sql`insert into drip (id, space_id, begun_by, submission, title, about, alone)
			values (${id}, ${spaceId}, ${viewer.id}, ${submission}, ${title}, ${about}, ${alone})
			on conflict (begun_by, submission) do nothing`);
		const made = await row<{ id: string }>(
			tx,
			sql`select id from drip where id = ${id} or (begun_by = ${viewer.id} and submission = ${submission}::uuid)`
		);
		await tx.execute(sql`insert into drip_author (drip_id, person_id) values (${made!.id}, ${viewer.id})
			on conflict do nothing`);
		return made!.id;
	});
}

/** A series that the viewer writes, locked until the transaction ends. @throws Failure not_found or forbidden */
export async function lockDrip(tx: Db, viewer: Viewer, id: string): Promise<DripRecord> {
	if (isId(id)) await tx.execute(sql`select 1 from drip where id = ${id} for update`);
	return recordOf(tx, viewer, id);
}

/** @throws Failure not_found for what is out of the viewer's sight; forbidden for its readers */
export async function recordOf(db: Db, viewer: Viewer, id: string): Promise<DripRecord> {
	const found = isId(id)
		? await row<DripRecord>(
				db,
				sql`select d.id, d.space_id, d.begun_by, d.title, d.about, d.alone, d.version, d.published_at, ${authorIds}
					from drip d where d.id = ${id}`
			)
		: undefined;
	if (!found || !viewer.readableSpaces.includes(found.space_id))
		throw notFound('This series does not exist, or is not open to you.');
	if (mayWrite(viewer, found)) return found;
	// Nobody learns of a series before it is published but those who write in its space.
	if (!found.published_at && !viewer.memberships.has(found.space_id))
		throw notFound('This series does not exist, or is not open to you.');
	allow(false, 'Its authors and the stewards of the space write it.');
	return found;
}

/** Changes its title and what it is about. @throws Failure conflict with the newer ones on a stale edit */
export async function editDrip(
	tx: Db,
	viewer: Viewer,
	id: string,
	{ title, about, alone, version }: DripEdit
): Promise<DripRecord> {
	const drip = await lockDrip(tx, viewer, id);
	if (drip.version !== version)
		throw conflict('Somebody changed these words while you were writing. Yours are kept; see both below.', {
			current: { version: drip.version, title: drip.title, about: drip.about, alone: drip.alone }
		});
	await tx.execute(
		sql`update drip set title = ${title}, about = ${about}, alone = ${alone}, version = version + 1 where id = ${id}`
	);
	return { ...drip, title, about, alone, version: version + 1 };
}

/** Throws away a series that was never published, with its tips. @throws Failure conflict for one that was */
export async function discardDrip(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const drip = await lockDrip(tx, viewer, id);
		if (drip.published_at) throw conflict('It is published. Archive it instead: what others read stays findable.');
		await tx.execute(sql`delete from drip where id = ${id}`);
	});
}

/** A series as its authors go on with it. @throws Failure not_found or forbidden */
export async function dripToEdit(db: Db, viewer: Viewer, id: string): Promise<DripDraft> {
	const drip = await recordOf(db, viewer, id);
	return {
		...{ id, spaceId: drip.space_id, title: drip.title, about: drip.about, alone: drip.alone },
		version: drip.version,
		publishedAt: drip.published_at && new Date(drip.published_at).toISOString(),
		authors: await authorsOf(db, id),
		tips: await tipsToEdit(db, id)
	};
}

interface TipRow {
	id: string;
	kind: TipKind;
	title: string;
	body: string;
	version: number;
	published_at: string | null;
}

/** Its tips in their order, without those that were taken out. */
export async function tipsToEdit(db: Db, dripId: string): Promise<TipDraft[]> {
	const found = await rows<TipRow>(
		db,
		sql`select id, kind, title, body, version, published_at from drip_tip
			where drip_id = ${dripId} and withdrawn_at is null order by position, id`
	);
	return found.map(({ published_at, ...tip }) => ({
		...tip,
		...{ publishedAt: published_at && new Date(published_at).toISOString(), problems: lint(tip) }
	}));
}

/** Who writes it; who began it comes first. */
export const authorsOf = (db: Db, dripId: string): Promise<Named[]> =>
	rows<Named>(
		db,
		sql`select p.id, p.name from drip_author a join drip d on d.id = a.drip_id join person p on p.id = a.person_id
			where a.drip_id = ${dripId} order by p.id <> d.begun_by, lower(p.name), p.id`
	);

/** Members of the space who could write with them. */
export const possibleAuthors = (db: Db, viewer: Viewer, { id, spaceId }: DripDraft): Promise<Named[]> =>
	rows<Named>(
		db,
		sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
			where m.space_id = ${spaceId} and m.space_id = any(${array(viewer.readableSpaces, 'uuid')}) and p.deactivated_at is null
				and not exists (select from drip_author a where a.drip_id = ${id} and a.person_id = p.id)
			order by lower(p.name), p.id limit 500`
	);

/** Lets a member of the space write with them. @throws Failure invalid for somebody else */
export async function addAuthor(db: Db, viewer: Viewer, dripId: string, personId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { space_id } = await lockDrip(tx, viewer, dripId);
		const done = await rows(
			tx,
			sql`select p.id from space_member m join person p on p.id = m.person_id
				where m.space_id = ${space_id} and p.id = ${personId} and p.deactivated_at is null`
		);
		if (done.length === 0) throw invalid({ person: 'must be a member of the space' });
		await tx.execute(
			sql`insert into drip_author (drip_id, person_id) values (${dripId}, ${personId}) on conflict do nothing`
		);
	});
}

/** One of them writes no more; what they wrote stays. @throws Failure conflict for the last one */
export async function removeAuthor(db: Db, viewer: Viewer, dripId: string, personId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { author_ids } = await lockDrip(tx, viewer, dripId);
		if (author_ids.length === 1 && author_ids[0] === personId) throw conflict('Somebody has to write it.');
		await tx.execute(sql`delete from drip_author where drip_id = ${dripId} and person_id = ${personId}`);
	});
}

/** The series the viewer writes that hold something nobody has seen yet. */
export async function myDrafts(db: Db, viewer: Viewer): Promise<DripDraftRow[]> {
	const found = await rows<Omit<DripDraftRow, 'publishedAt'> & { published_at: string | null }>(
		db,
		sql`select d.id, d.title, d.published_at, count(t.id)::int as tips,
				(count(t.id) filter (where t.published_at is null))::int as waiting
			from drip_author a join drip d on d.id = a.drip_id
			left join drip_tip t on t.drip_id = d.id and t.withdrawn_at is null
			where a.person_id = ${viewer.id} and d.space_id = any(${array(viewer.readableSpaces, 'uuid')})
			group by d.id having d.published_at is null or bool_or(t.published_at is null)
			order by d.id desc limit 100`
	);
	return found.map(({ published_at, ...drip }) => ({
		...drip,
		publishedAt: published_at && new Date(published_at).toISOString()
	}));
}

/** Whether it is a series that the viewer writes and nobody else has seen yet. */
export async function isWriting(db: Db, viewer: Viewer, id: string): Promise<boolean> {
	if (!isId(id)) return false;
	const found = await row<DripRecord>(
		db,
		sql`select d.*, ${authorIds} from drip d where d.id = ${id} and d.published_at is null`
	);
	return found !== undefined && viewer.readableSpaces.includes(found.space_id) && mayWrite(viewer, found);
}
