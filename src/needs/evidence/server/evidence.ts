import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { itemKinds } from '#src/core/items/kinds.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { cleanUrl, parseUrl } from '#src/core/web/url.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { CauseName } from '../../causes.ts';
import { lockNeed } from '../../server/record.ts';
import type { Evidence } from '../evidence.ts';
import type { NewEvidence } from '../input.ts';

/** What shows something of a need, as far as the viewer may open it; what about its causes comes after the problem itself. */
export async function evidenceOf(db: Db, viewer: Viewer, needId: string): Promise<Evidence[]> {
	const found = await rows<{
		id: string;
		cause: CauseName | null;
		says: string;
		url: string | null;
		item_id: string | null;
		kind: string | null;
		by: string;
		at: string;
	}>(
		db,
		sql`select e.id, e.cause, e.says, e.url, i.id as item_id, i.kind, p.name as by, e.added_at as at
			from need_evidence e join person p on p.id = e.added_by
			left join item i on i.id = e.item_id and ${visibleItems(viewer, 'i')}
			where e.need_id = ${needId} order by e.cause nulls first, e.added_at, e.id`
	);
	return found.map(({ item_id, kind, url, at, ...one }) => ({
		...one,
		href: item_id && kind ? itemAddress({ id: item_id, kind, rootId: item_id, rootKind: kind }) : url,
		at: new Date(at).toISOString()
	}));
}

/** Attaches evidence. @returns its id @throws Failure invalid for an address that leads nowhere */
export async function addEvidence(
	db: Db,
	viewer: Viewer,
	needId: string,
	{ submission, cause, says, where }: NewEvidence
): Promise<string> {
	return db.transaction(async (tx) => {
		await lockNeed(tx, viewer, needId);
		if (submission && !(await isFirst(tx, viewer, submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from need_evidence where need_id = ${needId} and says = ${says} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		const { itemId, url } = await placeOf(tx, viewer, where);
		const id = newId();
		await tx.execute(sql`insert into need_evidence (id, need_id, cause, says, item_id, url, added_by)
			values (${id}, ${needId}, ${cause ?? null}, ${says}, ${itemId}, ${url}, ${viewer.id})`);
		return id;
	});
}

/** The address of an item that the viewer may read, or of a page elsewhere. */
async function placeOf(tx: Db, viewer: Viewer, where = ''): Promise<{ itemId: string | null; url: string | null }> {
	if (!where) return { itemId: null, url: null };
	const here = new RegExp(
		`(?:^|/(?:${itemKinds.map(({ place }) => place).join('|')})/)([0-9a-f]{8}-[0-9a-f-]{27})`,
		'i'
	);
	const itemId = here.exec(where)?.[1];
	const item = itemId
		? await row<{ id: string }>(
				tx,
				sql`select i.id from item i where i.id = ${itemId}::uuid and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (item) return { itemId: item.id, url: null };
	const url = parseUrl(where);
	if (!url) throw invalid({ where: 'must be the address of something here that you may read, or of a web page' });
	return { itemId: null, url: cleanUrl(url) };
}

/** Takes evidence away. */
export async function removeEvidence(db: Db, viewer: Viewer, needId: string, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockNeed(tx, viewer, needId);
		const gone = await rows(tx, sql`delete from need_evidence where id = ${id} and need_id = ${needId} returning id`);
		if (gone.length === 0) throw notFound('This is not there any more.');
	});
}
