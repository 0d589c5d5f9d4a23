import { asc, eq, sql as raw } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { countWords, lineOf, paragraphsOf } from '#src/core/web/server/page.ts';
import { cleanUrl, parseUrl, siteOf, urlKey } from '#src/core/web/url.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { LONGEST_NOTE, type KeepNote, type KeptPage } from '../input.ts';
import { kept } from './schema.ts';

/** The queue in which kept pages are read. */
export const LOOK = 'keeping.look';

/** Of a page with less text the page itself is read: a feed often has its beginning only. */
const FEW_WORDS = 150;

/** What is kept: an item by its id, an entry of a feed with all it says, a page of the web. */
export interface Thing {
	itemId?: string;
	entryId?: string;
	/** The page of the web it is, or comes from. */
	url?: string;
	title?: string;
	author?: string;
	site?: string;
	/** ISO 8601. */
	publishedAt?: string | null;
	/** Sanitised. */
	html?: string;
	/** Its page was read already, by whom it comes from. */
	isRead?: boolean;
}

export interface Kept {
	id: string;
	/** It was kept already. */
	known: boolean;
}

/**
 * Keeps an item for oneself, with a note nobody else sees.
 * @param page the page of the web that the item is about, so that one page is kept once, wherever it was found
 * @throws Failure not_found for what the viewer may not read
 */
export async function keepItem(
	db: Db,
	viewer: Viewer,
	itemId: string,
	input: KeepNote,
	page: Omit<Thing, 'itemId' | 'entryId'> = {}
): Promise<Kept> {
	const found = await row(db, sql`select 1 from item i where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`);
	if (!found) throw notFound();
	return keep(db, viewer, { ...page, itemId }, input);
}

/** Keeps a page of the web; what is not told of it is read soon after. */
export const keepPage = (
	db: Db,
	viewer: Viewer,
	{ url, title, passage = '', ...input }: Omit<KeptPage, 'passage'> & { passage?: string }
): Promise<Kept> =>
	db.transaction(async (tx) => {
		const kept = await keep(tx, viewer, { url, title }, input);
		if (passage) await markUnseen(tx, kept.id, passage);
		return kept;
	});

/** A passage of a page that is not read yet: where it stands is found once there is a text. */
async function markUnseen(tx: Db, keptId: string, exact: string): Promise<void> {
	await tx.execute(sql`insert into kept_highlight (id, kept_id, exact, place) select ${newId()}, ${keptId}, ${exact}, 0
		where not exists (select from kept_highlight where kept_id = ${keptId} and exact = ${exact})`);
}

/**
 * Keeps something for oneself: once, however it was come by. Kept again, it takes what was not known of it, and what
 * is written to it stands below the note it has.
 * @throws Failure invalid where the note gets too long
 */
export async function keep(db: Db, viewer: Viewer, thing: Thing, input: KeepNote): Promise<Kept> {
	const facts = factsOf(thing);
	return db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`keep ${viewer.id}`}, 0))`);
		const known = await tx
			.select()
			.from(kept)
			.where(raw`${kept.personId} = ${viewer.id} and (${sameAs(facts)})`)
			.orderBy(asc(kept.createdAt));
		const id = known[0] ? await keepAgain(tx, known, facts, input) : await keepFirst(tx, viewer, facts, input);
		const [now] = await tx.select().from(kept).where(eq(kept.id, id));
		if (now!.key && now!.lookedAt === null && now!.words < FEW_WORDS) await enqueue(tx, LOOK, { keptId: id });
		return { id, known: known[0] ? known[0].removedAt === null : false };
	});
}

type Facts = ReturnType<typeof factsOf>;
type Row = typeof kept.$inferSelect;

function factsOf({ itemId, entryId, url = '', title, author, site, publishedAt, html = '', isRead }: Thing) {
	const address = url ? parseUrl(url) : undefined;
	const text = paragraphsOf(html);
	return {
		...{ itemId: itemId ?? null, entryId: entryId ?? null },
		...{ url: address ? cleanUrl(address) : '', key: address ? urlKey(address) : '' },
		...{ title: lineOf(title, 300), author: lineOf(author, 200) },
		site: lineOf(site, 200) || (address ? siteOf(address.href) : ''),
		publishedAt: publishedAt ? new Date(publishedAt) : null,
		...{ html, text, words: countWords(text) },
		lookedAt: isRead ? new Date() : null
	};
}

const sameAs = ({ itemId, entryId, key }: Facts) => raw`
	${kept.itemId} = ${itemId}::uuid or ${kept.entryId} = ${entryId}::uuid or (${key} <> '' and ${kept.key} = ${key})`;

async function keepFirst(tx: Db, viewer: Viewer, facts: Facts, { note, tags }: KeepNote): Promise<string> {
	const id = newId();
	await tx.insert(kept).values({ id, personId: viewer.id, ...facts, note, tags });
	return id;
}

async function keepAgain(tx: Db, [first, ...others]: Row[], facts: Facts, input: KeepNote): Promise<string> {
	const { id, removedAt, version } = first!;
	const isBack = removedAt !== null;
	// What is known by two rows stays so: each has its own note.
	const more = others.length === 0 ? filledIn(first!, facts) : {};
	const note = bothNotes(first!.note, input.note);
	const tags = [...new Set([...first!.tags, ...input.tags])].slice(0, 8);
	await tx
		.update(kept)
		.set({ ...more, note, tags, version: version + 1, removedAt: null, ...(isBack && { createdAt: raw`now()` }) })
		.where(eq(kept.id, id));
	return id;
}

/** What the newer telling knows and the row does not. A longer text takes the place of a shorter one. */
function filledIn(row: Row, facts: Facts): Partial<Facts> {
	const { html, text, words, publishedAt, lookedAt, itemId, entryId, ...lines } = facts;
	const news = Object.entries(lines).filter(([name, value]) => value && !row[name as keyof typeof lines]);
	return {
		...Object.fromEntries(news),
		...{ itemId: row.itemId ?? itemId, entryId: row.entryId ?? entryId },
		...{ publishedAt: row.publishedAt ?? publishedAt, lookedAt: row.lookedAt ?? lookedAt },
		...(words > row.words && { html, text, words })
	};
}

function bothNotes(before: string, added: string): string {
	if (!added || before.includes(added)) return before;
	const both = before ? `${before}\n\n${added}` : added;
	if (both.length > LONGEST_NOTE)
		throw invalid({ note: 'would be too long with what you wrote before: 4,000 characters at most' });
	return both;
}
