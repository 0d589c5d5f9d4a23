import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { cleanUrl, parseUrl, siteOf, urlKey } from '#src/core/web/url.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { FindEdit, FindFilter, NewFind } from '../input.ts';
import { todayIn } from '#src/platform/day.ts';
import { type Find, type ListDraft, type Shelf } from '../list.ts';
import { canEditFind, myShelves, readableShelf, readShelf, shelfFor, shelfTables } from './shelves.ts';

/** The queue in which pages are looked at for what the finder did not tell. */
export const LOOK = 'lists.look';

/** More than anybody collects in a year. */
const MOST = 2000;

export interface FindRow {
	id: string;
	url: string;
	title: string;
	author: string;
	site: string;
	published_on: string | null;
	found_on: string;
	found_by: string;
	finder: string;
	note: string;
	version: number;
	cited: Find['citedIn'] | null;
	person_id: string | null;
	shelf_space_id: string | null;
}

/** The columns of a find `f` on the shelf `sh`, found by `fp`. */
export const findColumns = sql`f.id, f.url, f.title, f.author, f.site, f.published_on::text, f.found_on::text, f.found_by,
	fp.name as finder, f.note, f.version, sh.person_id, sh.space_id as shelf_space_id,
	(select json_agg(json_build_object('id', l.id, 'month', to_char(l.month, 'YYYY-MM'), 'published', l.published_at is not null) order by l.month desc)
		from reading_pick k join reading_list l on l.id = k.list_id where k.find_id = f.id) as cited`;

export const presentFind = (viewer: Viewer, found: FindRow): Find => ({
	...{ id: found.id, url: found.url, title: found.title || found.url, author: found.author, site: found.site },
	...{ publishedOn: found.published_on, foundOn: found.found_on, note: found.note, version: found.version },
	foundBy: { id: found.found_by, name: found.finder },
	citedIn: found.cited ?? [],
	canEdit: canEditFind(viewer, {
		...{ personId: found.person_id, shelfSpaceId: found.shelf_space_id, foundBy: found.found_by }
	})
});

export interface Collected {
	id: string;
	/** It was there already. */
	known: boolean;
	/** Where it stands now. */
	shelf: string;
	year: number;
}

/**
 * Collects a link as it is found. One that is there already, however it was spelled, keeps
 * the day it was found on first, and takes what was not known of it.
 * @throws Failure forbidden for a space the viewer does not write in
 */
export async function collect(db: Db, viewer: Viewer, input: NewFind): Promise<Collected> {
	const address = parseUrl(input.url)!;
	const [url, key] = [cleanUrl(address), urlKey(address)];
	const { title, author, note, publishedOn = null } = input;
	const site = input.site || siteOf(url);
	return db.transaction(async (tx) => {
		const shelf = await shelfFor(tx, viewer, input.spaceId);
		const foundOn = input.foundOn ?? todayIn(viewer.timeZone);
		const made = await row<{ id: string; fresh: boolean; year: number }>(
			tx,
			sql`insert into reading_find as f (id, shelf_id, url, key, title, author, site, published_on, found_on, found_by, note)
				values (${newId()}, ${shelf}, ${url}, ${key}, ${title}, ${author}, ${site}, ${publishedOn}, ${foundOn}, ${viewer.id}, ${note})
				on conflict (shelf_id, key) do update set title = coalesce(nullif(f.title, ''), excluded.title),
					author = coalesce(nullif(f.author, ''), excluded.author),
					published_on = coalesce(f.published_on, excluded.published_on),
					note = case when f.note = '' or position(excluded.note in f.note) > 0 then coalesce(nullif(f.note, ''), excluded.note)
						when excluded.note = '' then f.note else left(f.note || E'\n' || excluded.note, 1000) end
				returning f.id, xmax = 0 as fresh, extract(year from f.found_on)::int as year`
		);
		if (made!.fresh && (!title || !author || !publishedOn)) await enqueue(tx, LOOK, { findId: made!.id });
		return { id: made!.id, known: !made!.fresh, shelf, year: made!.year };
	});
}

/** Puts right what is told of a find. @throws Failure conflict with the newer one on a stale edit */
export async function editFind(db: Db, viewer: Viewer, id: string, edit: FindEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const found = await lockFind(tx, viewer, id);
		if (found.version !== edit.version)
			throw conflict('Somebody put this right while you were writing. Your text is kept; theirs is shown beside it.', {
				current: presentFind(viewer, found)
			});
		await tx.execute(sql`update reading_find set title = ${edit.title}, author = ${edit.author}, site = ${edit.site},
			published_on = ${edit.publishedOn ?? null}, found_on = ${edit.foundOn}, note = ${edit.note}, version = version + 1
			where id = ${id}`);
		return found.version + 1;
	});
}

/** Takes a find out of the year's list. @throws Failure conflict while a list cites it */
export async function removeFind(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const found = await lockFind(tx, viewer, id);
		if (found.cited) throw conflict('A list cites this. Take it out of the list first.');
		await tx.execute(sql`delete from reading_find where id = ${id}`);
	});
}

async function lockFind(tx: Db, viewer: Viewer, id: string): Promise<FindRow> {
	await tx.execute(sql`select 1 from reading_find where id = ${id} for update`);
	const found = await row<FindRow>(
		tx,
		sql`select ${findColumns} from reading_find f join person fp on fp.id = f.found_by, ${shelfTables}
			where f.id = ${id} and sh.id = f.shelf_id and ${readableShelf(viewer)}`
	);
	if (!found) throw notFound();
	allow(presentFind(viewer, found).canEdit, 'Who found it, and the stewards of the space, may change it.');
	return found;
}

export interface YearOfFinds {
	shelf: Shelf | null;
	year: number;
	years: number[];
	finds: Find[];
}

/** The list of a year: everything that was found in it, the newest first. Null stands for a shelf that is empty yet. */
export async function findsOfYear(db: Db, viewer: Viewer, filter: FindFilter): Promise<YearOfFinds> {
	const own = filter.shelf ? undefined : (await myShelves(db, viewer)).find(({ of }) => of === 'person');
	const shelf = filter.shelf ? await readShelf(db, viewer, filter.shelf) : (own ?? null);
	const year = filter.year ?? Number(todayIn(viewer.timeZone).slice(0, 4));
	if (!shelf) return { shelf, year, years: [year], finds: [] };
	const found = await findsOf(db, viewer, shelf.id, sql`extract(year from f.found_on) = ${year}`);
	const years = await rows<{ year: number }>(
		db,
		sql`select distinct extract(year from found_on)::int as year from reading_find where shelf_id = ${shelf.id} order by 1 desc`
	);
	return {
		shelf,
		year,
		years: [...new Set([year, ...years.map((one) => one.year)])].sort((a, b) => b - a),
		finds: found
	};
}

/** Finds of a shelf that fit a condition on `f`, the newest first. */
export async function findsOf(db: Db, viewer: Viewer, shelfId: string, which: ReturnType<typeof sql>): Promise<Find[]> {
	const found = await rows<FindRow>(
		db,
		sql`select ${findColumns} from reading_find f join person fp on fp.id = f.found_by, ${shelfTables}
			where sh.id = ${shelfId} and f.shelf_id = sh.id and ${which}
			order by f.found_on desc, f.id desc limit ${MOST}`
	);
	return found.map((one) => presentFind(viewer, one));
}

/** What a list can still take in: of its year up to its month, and of half a year before; the newest first. */
export async function candidatesFor(db: Db, viewer: Viewer, list: ListDraft): Promise<Find[]> {
	const first = `${list.month}-01`;
	return findsOf(
		db,
		viewer,
		list.shelf.id,
		sql`f.found_on < (${first}::date + interval '2 months') and f.found_on >= least(date_trunc('year', ${first}::date), ${first}::date - interval '6 months')
			and not exists (select from reading_pick k where k.list_id = ${list.id} and k.find_id = f.id)`
	);
}
