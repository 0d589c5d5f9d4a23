import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { laterViews } from '#src/core/search/server/parts-of.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { readCheck } from '../../server/read.ts';
import { leadTo } from '../../part.ts';
import type { Cluster, SupportView, Unclear } from '../support.ts';
import { askAddress } from './help.ts';

interface Asked {
	id: string;
	title: string;
	answered: boolean;
	question_id: string | null;
	content_id: string | null;
	fragment: string;
	content_kind: string | null;
	content_title: string | null;
	/** What leads to the piece, where its name alone does not. */
	later?: string | undefined;
	/** Others that sound nearly the same. */
	like: string[];
}

/** So alike that two questions are one. */
const ALIKE = 0.5;

/** The help around a check, which works without ever taking it. @throws Failure not_found */
export async function readSupport(db: Db, viewer: Viewer, checkId: string): Promise<SupportView> {
	const check = await readCheck(db, viewer, checkId);
	const expert = check.support.expert;
	const helps =
		check.bankId !== null || check.canEdit || expert?.you === true || (await writesContent(db, viewer, checkId));
	const asked = await withViews(db, await askedAbout(db, viewer, checkId));
	const { id, title, space } = check;
	return {
		...{ check: { id, title, spaceId: space.id }, support: check.support, helps },
		...{ clusters: clustersOf(asked), unclear: helps ? unclearParts(asked) : [] },
		ask: askAddress({ checkId, title, spaceId: space.id, expert: expert && 'name' in expert ? expert.name : null })
	};
}

async function writesContent(db: Db, viewer: Viewer, checkId: string): Promise<boolean> {
	const found = await rows<{ spaceId: string; authorId: string }>(
		db,
		sql`select i.space_id as "spaceId", i.author_id as "authorId" from check_content c join item i on i.id = c.content_id where c.item_id = ${checkId}`
	);
	return found.some((item) => canEdit(viewer, item));
}

const askedAbout = (db: Db, viewer: Viewer, checkId: string) =>
	rows<Asked>(
		db,
		sql`with asked as (
				select i.id, i.title, h.question_id, h.content_id, h.fragment, i.created_at,
					exists (select 1 from item r where r.parent_id = i.id and r.kind = 'answer' and r.state = 'open') as answered
				from check_help h join item i on i.id = h.asked_id
				where h.check_id = ${checkId} and i.state = 'open' and ${visibleItems(viewer, 'i')}
				order by i.created_at desc limit 200
			)
			select a.id, a.title, a.answered, a.question_id, k.id as content_id, a.fragment, k.kind as content_kind, k.title as content_title,
				array(select b.id::text from asked b where b.id <> a.id
					and (b.question_id = a.question_id or similarity(b.title, a.title) >= ${ALIKE})) as like
			from asked a left join item k on k.id = a.content_id and ${visibleItems(viewer, 'k')}
			order by a.created_at desc`
	);

/** What hangs together by likeness is one cluster, the largest first. */
export function clustersOf(asked: Asked[]): Cluster[] {
	const left = new Map(asked.map((one) => [one.id, one]));
	const clusters: Asked[][] = [];
	for (const first of asked) {
		if (!left.delete(first.id)) continue;
		const cluster = [first];
		for (const one of cluster)
			for (const id of one.like) {
				const other = left.get(id);
				if (other && left.delete(id)) cluster.push(other);
			}
		clusters.push(cluster);
	}
	return clusters
		.sort((one, other) => other.length - one.length)
		.map((cluster) => ({
			questions: cluster.map(({ id, title, answered }) => ({ id, title, answered })),
			part: partOf(cluster.find(({ content_id }) => content_id))
		}));
}

/** Tells of each where its piece stands, if that is in a later view of a long document. */
async function withViews(db: Db, asked: Asked[]): Promise<Asked[]> {
	const pieces = asked.flatMap(({ content_id: itemId, fragment: piece }) => (itemId ? [{ itemId, piece }] : []));
	const later = await laterViews(db, pieces);
	return asked.map((one) => ({ ...one, later: later.get(`${one.content_id}#${one.fragment}`) }));
}

function partOf(one: Asked | undefined): Cluster['part'] {
	if (!one?.content_id || !one.content_kind) return null;
	const { content_id: id, content_kind: kind, fragment, later } = one;
	const page = itemAddress({ id, kind, rootId: id, rootKind: kind });
	return {
		href: page + leadTo({ kind, piece: fragment, later }),
		title: `${one.content_title}${fragment ? ` (${fragment.replace(/^h-/, '').replace(/[-=]/g, ' ')})` : ''}`
	};
}

function unclearParts(asked: Asked[]): Unclear[] {
	const parts = new Map<string, Unclear>();
	for (const one of asked) {
		const part = partOf(one);
		if (part) parts.set(part.href, { ...part, asked: (parts.get(part.href)?.asked ?? 0) + 1 });
	}
	return [...parts.values()].sort((one, other) => other.asked - one.asked);
}

/** Minutes of content that the viewer needed not spend this year, since they could do it already. */
export async function givenBackThisYear(db: Db, viewer: Viewer): Promise<number> {
	const found = await row<{ minutes: number }>(
		db,
		sql`select coalesce(sum(given_back), 0)::int as minutes from check_attempt where person_id = ${viewer.id} and state = 'passed'
			and settled_at >= date_trunc('year', now() at time zone ${viewer.timeZone}) at time zone ${viewer.timeZone}`
	);
	return found!.minutes;
}
