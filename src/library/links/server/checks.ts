import { and, eq } from 'drizzle-orm';
import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { lockItem } from '#src/core/items/server/write.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { NewCheck } from '../input.ts';
import { questions, type CheckView, type QuestionName, type Standing, type Verdict } from '../link.ts';
import { linkCheck } from './schema.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A colleague said whether a page can be trusted. */
		'link.checked': { itemId: string; actorId: string };
		/** The page behind a link is no longer what was checked. */
		'link.drifted': { itemId: string };
	}
}

/**
 * Says what the viewer found when they checked a page: their own verdict before gives way.
 * @throws Failure forbidden for people outside the space
 */
export async function checkLink(db: Db, viewer: Viewer, linkId: string, check: NewCheck): Promise<void> {
	await db.transaction(async (tx) => {
		const { spaceId } = await lockItem(tx, viewer, linkId, 'link');
		allow(canWriteIn(viewer, { spaceId }), 'Join the space to say what you found.');
		const { months, ...found } = check;
		const current = (await row<{ snapshot: number }>(tx, sql`select snapshot from link where item_id = ${linkId}`))!;
		const values = {
			...{ ...found, snapshot: current.snapshot, madeAt: sql`now()` },
			expiresAt: sql`now() + make_interval(months => ${months})`
		};
		await tx
			.insert(linkCheck)
			.values({ itemId: linkId, personId: viewer.id, ...values })
			.onConflictDoUpdate({ target: [linkCheck.itemId, linkCheck.personId], set: values });
		await emit(tx, 'link.checked', { itemId: linkId, actorId: viewer.id });
	});
}

/** Takes one's own verdict back. */
export async function withdrawCheck(db: Db, viewer: Viewer, linkId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockItem(tx, viewer, linkId, 'link');
		await tx.delete(linkCheck).where(and(eq(linkCheck.itemId, linkId), eq(linkCheck.personId, viewer.id)));
	});
}

/**
 * The newest check of each person on the page of link `l`, over all links to it that the
 * viewer may read: alias `c`, with `stale`. A verdict of another space counts where it may be read.
 */
const checksOn = (viewer: Viewer) => sql`lateral (
	select distinct on (k.person_id) k.*, i2.space_id, s2.slug, s2.name as space_name,
		case when k.snapshot < l2.snapshot and k.snapshot > 0 then 'changed' when k.expires_at <= now() then 'expired' end as stale
	from link l2 join item i2 on i2.id = l2.item_id join space s2 on s2.id = i2.space_id join link_check k on k.item_id = l2.item_id
	where l2.key = l.key and ${visibleItems(viewer, 'i2')} order by k.person_id, k.made_at desc)`;

/** Columns of a standing, for a query that has the link as `l`. */
export const standingColumn = (viewer: Viewer) => sql`
	(select json_build_object(
		'trust', count(*) filter (where c.stale is null and c.verdict = 'trust'),
		'care', count(*) filter (where c.stale is null and c.verdict = 'care'),
		'avoid', count(*) filter (where c.stale is null and c.verdict = 'avoid'),
		'stale', count(*) filter (where c.stale is not null),
		'changed', count(*) filter (where c.stale = 'changed'),
		'lost', l.lost_at is not null)
	from ${checksOn(viewer)} c) as standing`;

export type StandingColumn = Omit<Standing, 'amber'> & { changed: number };

/** Amber is what was checked and of which no check holds any more. */
export function presentStanding({ changed, ...found }: StandingColumn): Standing {
	const holds = found.trust + found.care + found.avoid > 0;
	return { ...found, amber: holds || found.stale === 0 ? null : changed > 0 ? 'changed' : 'expired' };
}

/**
 * How colleagues stand to the links among some items, by id: for lines of any list, and of search.
 * @example const standings = await linkStandings(db, viewer, list.items);
 */
export async function linkStandings(
	db: Db,
	viewer: Viewer,
	items: readonly { id: string; kind: string }[]
): Promise<Record<string, Standing>> {
	const ids = items.filter(({ kind }) => kind === 'link').map(({ id }) => id);
	if (ids.length === 0) return {};
	const found = await rows<{ id: string; standing: StandingColumn }>(
		db,
		sql`select l.item_id as id, ${standingColumn(viewer)} from link l join item i on i.id = l.item_id
			where l.item_id = any(${array(ids, 'uuid')}) and ${visibleItems(viewer, 'i')}`
	);
	return Object.fromEntries(found.map(({ id, standing }) => [id, presentStanding(standing)]));
}

type CheckRow = AuthorColumns &
	Record<QuestionName, string> & {
		item_id: string;
		verdict: Verdict;
		made_at: string;
		expires_at: string;
		stale: 'changed' | 'expired' | null;
		space_id: string;
		slug: string;
		space_name: string;
	};

/** What colleagues found, those that hold first. */
export async function checksOf(db: Db, viewer: Viewer, linkId: string, spaceId: string) {
	const found = await rows<CheckRow>(
		db,
		sql`select c.*, p.id as author_id, p.name as author_name, p.image as author_image, false as anonymous
			from link l cross join ${checksOn(viewer)} c join person p on p.id = c.person_id
			where l.item_id = ${linkId} order by c.stale is not null, c.made_at desc`
	);
	const mine = found.find(({ author_id, item_id }) => author_id === viewer.id && item_id === linkId);
	return {
		checks: found.map((check) => presentCheck(viewer, check, spaceId)),
		myCheck: mine ? { verdict: mine.verdict, ...answersOf(mine) } : null
	};
}

function presentCheck(viewer: Viewer, check: CheckRow, spaceId: string): CheckView {
	return {
		person: presentAuthor(viewer, check),
		verdict: check.verdict,
		answers: questions.flatMap(({ name, label }) => (check[name] ? [{ label, text: check[name] }] : [])),
		...{ madeAt: iso(check.made_at), expiresAt: iso(check.expires_at), stale: check.stale },
		space: check.space_id === spaceId ? null : { slug: check.slug, name: check.space_name }
	};
}

const answersOf = (check: CheckRow) =>
	Object.fromEntries(questions.map(({ name }) => [name, check[name]])) as Record<QuestionName, string>;
