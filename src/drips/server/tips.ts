import type { Viewer } from '#src/core/access/server/viewer.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { TipKind } from '../drip.ts';
import type { NewTip, TipEdit } from '../input.ts';
import { lint } from '../words.ts';
import { correctTip } from './corrections.ts';
import { lockDrip } from './drafts.ts';
import { keepVersion, publishChange } from './publish.ts';

/** More than a year of working days is another series. */
const MOST = 260;

/**
 * Puts a tip at the end of a series; nobody sees it before it is published.
 * @returns its id
 */
export async function addTip(db: Db, viewer: Viewer, dripId: string, input: NewTip): Promise<string> {
	const { kind, title, body, submission = null } = input;
	return db.transaction(async (tx) => {
		await lockDrip(tx, viewer, dripId);
		const there = await row<{ size: number; last: number; known: string | null }>(
			tx,
			sql`select (count(*) filter (where withdrawn_at is null))::int as size, coalesce(max(position), 0)::int as last,
					(select t.id from drip_tip t where t.drip_id = ${dripId} and t.submission = ${submission}::uuid) as known
				from drip_tip where drip_id = ${dripId}`
		);
		if (there!.known) return there!.known;
		if (there!.size >= MOST) throw invalid({ title: `does not fit: a series holds ${MOST} tips at most` });
		const { bodyHtml } = await renderBody(tx, viewer, body);
		const id = newId();
		await tx.execute(sql`insert into drip_tip (id, drip_id, submission, position, kind, title, body, html, written_by)
			values (${id}, ${dripId}, ${submission}, ${there!.last + 1}, ${kind}, ${title}, ${body}, ${bodyHtml}, ${viewer.id})`);
		return id;
	});
}

/** A tip as the database has it. */
export interface TipRecord {
	id: string;
	kind: TipKind;
	title: string;
	body: string;
	version: number;
	published_at: string | null;
}

/** A tip of a series that is locked. @throws Failure not_found, also for one that was taken out */
export async function tipOf(tx: Db, dripId: string, tipId: string): Promise<TipRecord> {
	const found = await row<TipRecord>(
		tx,
		sql`select id, kind, title, body, version, published_at from drip_tip
			where id = ${tipId} and drip_id = ${dripId} and withdrawn_at is null`
	);
	if (!found) throw notFound('Somebody took this out of the series. Your text is still here.');
	return found;
}

/**
 * Writes a tip; one that is published changes for its readers at once.
 * @throws Failure conflict with the newer one on a stale edit; invalid where a published one would not do any more
 */
export async function writeTip(db: Db, viewer: Viewer, dripId: string, tipId: string, edit: TipEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const drip = await lockDrip(tx, viewer, dripId);
		const current = await tipOf(tx, dripId, tipId);
		if (current.version !== edit.version)
			throw conflict('Somebody wrote here while you were writing. Your text is kept; see both below.', { current });
		if (current.published_at) expectFit(edit);
		const { bodyHtml } = await renderBody(tx, viewer, edit.body);
		await tx.execute(sql`update drip_tip set kind = ${edit.kind}, title = ${edit.title}, body = ${edit.body},
			html = ${bodyHtml}, version = version + 1 where id = ${tipId}`);
		if (current.published_at) {
			await keepVersion(tx, viewer, tipId);
			const version = current.version + 1;
			if (edit.wrong) await correctTip(tx, viewer, { tipId, dripId, version, since: edit.since, note: edit.wrong });
			await publishChange(tx, viewer, drip, `Tip ${edit.wrong ? 'put right' : 'changed'}: ${edit.title}`);
		}
		return current.version + 1;
	});
}

/** What readers have already must stay short and whole. */
function expectFit(edit: TipEdit): void {
	const [problem] = lint(edit);
	if (problem) throw invalid({ [edit.title.trim() ? 'body' : 'title']: 'does not do for a published tip' }, problem);
}

/** Moves a tip to a place, counted from 1; beyond the last one it is the last. */
export async function placeTip(db: Db, viewer: Viewer, dripId: string, tipId: string, to: number): Promise<void> {
	await db.transaction(async (tx) => {
		await lockDrip(tx, viewer, dripId);
		const found = await rows<{ id: string }>(
			tx,
			sql`select id from drip_tip where drip_id = ${dripId} and withdrawn_at is null order by position, id`
		);
		const order = found.map(({ id }) => id).filter((id) => id !== tipId);
		if (order.length === found.length) throw notFound();
		order.splice(to - 1, 0, tipId);
		await tx.execute(sql`update drip_tip t set position = o.place
			from unnest(${sql.param(`{${order.join(',')}}`)}::uuid[]) with ordinality as o(id, place) where t.id = o.id`);
	});
}

/** Takes a tip out: nobody gets it any more. Without it nothing happens. */
export async function takeOut(db: Db, viewer: Viewer, dripId: string, tipId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const drip = await lockDrip(tx, viewer, dripId);
		const of = sql`id = ${tipId} and drip_id = ${dripId}`;
		await tx.execute(sql`delete from drip_tip where ${of} and published_at is null`);
		const gone = await row<{ title: string }>(
			tx,
			sql`update drip_tip set withdrawn_at = now() where ${of} and withdrawn_at is null returning title`
		);
		if (gone) await publishChange(tx, viewer, drip, `Tip taken out: ${gone.title}`);
	});
}
