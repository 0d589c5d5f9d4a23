import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { lastPulse } from '../../pulse/server/read.ts';
import type { KeptEvidence, KeptItem, RestedOn, Rests, RestsView } from '../rests.ts';

interface ItemNow {
	id: string;
	kind: string;
	title: string;
	body_md: string;
	version: number;
	state: 'open' | 'archived';
}

const hashOf = ({ title, body_md }: Pick<ItemNow, 'title' | 'body_md'>) => hash('sha256', `${title}\n${body_md}`);

/** What a need's analysis rests on now, to be kept with its conclusion. */
export async function restsNow(tx: Db, viewer: Viewer, needId: string): Promise<Rests> {
	const found = await rows<Omit<KeptEvidence, 'item'> & { item: ItemNow | null }>(
		tx,
		sql`select e.id, e.cause, e.says, p.name as by, e.url, case when i.id is not null then json_build_object('id', i.id,
				'kind', i.kind, 'title', i.title, 'body_md', i.body_md, 'version', i.version, 'state', i.state) end as item
			from need_evidence e join person p on p.id = e.added_by left join item i on i.id = e.item_id
			where e.need_id = ${needId} order by e.cause nulls first, e.added_at, e.id`
	);
	const evidence: KeptEvidence[] = [];
	for (const { item, ...one } of found) evidence.push({ ...one, item: item && (await kept(tx, viewer, item)) });
	return { pulse: await lastPulse(tx, needId), evidence };
}

async function kept(tx: Db, viewer: Viewer, item: ItemNow): Promise<KeptItem> {
	const { id, kind, title, version } = item;
	const figure = kind === 'figure' ? await figures().read(tx, viewer, id) : undefined;
	const latest = figure?.latest ? { ...figure.latest, unit: figure.unit } : null;
	return { id, kind, title, version, hash: hashOf(item), latest };
}

/** Whether two analyses rest on the same. */
export const sameRests = (one: Rests, other: Rests | null): boolean => other !== null && isDeepStrictEqual(one, other);

/** What a conclusion rests on as it is kept; null for those that were recorded before it was kept. */
export async function keptRests(db: Db, conclusionId: string): Promise<Rests | null> {
	const found = await row<{ rests: Rests | null }>(
		db,
		sql`select rests from need_conclusion where id = ${conclusionId}`
	);
	return found?.rests ?? null;
}

/** What a conclusion rests on, as it was, with what has changed since; as far as the viewer may open it. */
export async function restsOf(db: Db, viewer: Viewer, needId: string, conclusionId: string): Promise<RestsView | null> {
	const rests = await keptRests(db, conclusionId);
	if (!rests) return null;
	const attached = await rows<{ id: string }>(db, sql`select id from need_evidence where need_id = ${needId}`);
	const there = new Set(attached.map(({ id }) => id));
	const items = await itemsNow(db, viewer, rests);
	const pulse = await lastPulse(db, needId);
	return {
		pulse: rests.pulse,
		evidence: rests.evidence.map((one) => rested(one, there, items)),
		added: attached.filter(({ id }) => !rests.evidence.some((one) => one.id === id)).length,
		askedAgain: pulse !== null && pulse.closedAt !== rests.pulse?.closedAt
	};
}

async function itemsNow(db: Db, viewer: Viewer, { evidence }: Rests): Promise<Map<string, ItemNow>> {
	const ids = evidence.flatMap(({ item }) => (item ? [item.id] : []));
	const found = await rows<ItemNow>(
		db,
		sql`select i.id, i.kind, i.title, i.body_md, i.version, i.state from item i
			where i.id = any(${array(ids, 'uuid')}) and ${visibleItems(viewer, 'i')}`
	);
	return new Map(found.map((item) => [item.id, item]));
}

function rested(
	{ id, cause, says, by, url, item }: KeptEvidence,
	there: ReadonlySet<string>,
	items: ReadonlyMap<string, ItemNow>
): RestedOn {
	const now = item ? items.get(item.id) : undefined;
	const isChanged = Boolean(now && item && hashOf(now) !== item.hash);
	const since = !there.has(id) ? 'taken away' : now?.state === 'archived' ? 'gone' : isChanged ? 'changed' : 'same';
	return {
		...{ id, cause, says, by, since },
		href: now ? itemAddress({ id: now.id, kind: now.kind, rootId: now.id, rootKind: now.kind }) : url,
		was: now && item ? { title: item.title, version: item.version, hash: item.hash, latest: item.latest } : null,
		versions: isChanged ? `/items/${now!.id}/history` : null
	};
}
