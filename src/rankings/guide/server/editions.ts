import { createHash } from 'node:crypto';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { breathing } from '#src/platform/server/breath.ts';
import { contentHash } from '#src/platform/server/content-hash.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { CURATORS, canCurate, type RankingRecord } from '../../server/record.ts';
import { newestRelease } from '../../server/release.ts';
import type { EditionLine, GuideContent, GuideEntry } from '../guide.ts';
import type { NewGuideEdition } from '../input.ts';
import { editionsFor } from './access.ts';
import { listedTools } from './listed.ts';
import { guidePdf } from './pdf.ts';
import { begunGuide, noEdition, type GuideRecord } from './record.ts';

/** The queue in which the PDF of an edition is made. */
export const MAKE = 'rankings.guide';

/**
 * Freezes what stands in the Guide as an edition of the newest list, and has its PDF made by a job.
 * @returns its id
 * @throws Failure conflict before a list is released, or where nothing is written or new
 */
export async function issueEdition(
	db: Db,
	viewer: Viewer,
	rankingId: string,
	{ name, submission }: NewGuideEdition
): Promise<string> {
	return db.transaction(async (tx) => {
		const { ranking, guide } = await begunGuide(tx, viewer, rankingId);
		allow(canCurate(viewer, ranking), CURATORS);
		await tx.execute(sql`select from guide where series_id = ${guide.series_id} for update`);
		const last = await row<{ id: string; number: number; content: GuideContent }>(
			tx,
			sql`select id, number, content from guide_edition where series_id = ${guide.series_id} order by number desc limit 1`
		);
		if (submission && !(await isFirst(tx, viewer, submission)) && last) return last.id;
		const list = await newestRelease(tx, guide.series_id);
		if (!list) throw conflict('An edition belongs to a list: release the result of the ranking first.');
		const content = await contentNow(tx, ranking, guide, { name, number: (last?.number ?? 0) + 1 });
		if (last && sameWork(content, last.content)) throw conflict('Nothing has changed since the last edition.');
		const id = newId();
		await tx.execute(sql`insert into guide_edition (id, series_id, number, name, ranking_id, list_hash, hash, content, issued_by)
			values (${id}, ${guide.series_id}, ${content.number}, ${name}, ${list.rankingId}, ${list.hash},
				${contentHash(content)}, ${JSON.stringify(content)}::text::jsonb, ${viewer.id})`);
		await enqueue(tx, MAKE, { editionId: id });
		return id;
	});
}

/** Whether two editions say the same of the same list. */
const sameWork = (one: GuideContent, other: GuideContent) =>
	contentHash([one.list, one.entries, one.unwritten]) === contentHash([other.list, other.entries, other.unwritten]);

/** What an edition would hold just now. @throws Failure conflict while nothing is written */
async function contentNow(
	tx: Db,
	ranking: RankingRecord,
	{ series_id }: GuideRecord,
	about: { name: string; number: number }
): Promise<GuideContent> {
	const list = (await newestRelease(tx, series_id))!;
	const listed = await listedTools(tx, series_id, list);
	const written = await rows<{ id: string; text: string; html: string; version: number; writers: string[] }>(
		tx,
		sql`select i.id, i.body_md as text, i.body_html as html, i.version, array(
				select p.name from revision v join person p on p.id = v.editor_id where v.item_id = i.id
				group by p.id, p.name order by min(v.version)) as writers
			from ranked_tool t join item i on i.id = t.id
			where t.series_id = ${series_id} and i.kind = 'tool' and i.state = 'open'`
	);
	if (written.length === 0) throw conflict('Write one entry at least.');
	const texts = new Map(written.map((entry) => [entry.id, entry]));
	const entries = listed.flatMap(({ toolId, name, names, standing }): GuideEntry[] => {
		const entry = texts.get(toolId);
		if (!entry) return [];
		const { text, html, version, writers } = entry;
		return [{ toolId, name, names, standing: standing && placeOf(standing), text, html, version, writers }];
	});
	const space = await row<{ name: string; today: string }>(
		tx,
		sql`select name, current_date::text as today from space where id = ${ranking.space_id}`
	);
	return {
		...{ title: `The Guide: ${list.content.title}`, ...about, issuedOn: space!.today, by: space!.name, entries },
		list: { title: list.content.title, year: list.content.year, hash: list.hash, ballots: list.content.ballots },
		unwritten: listed.filter(({ toolId, standing }) => standing && !texts.has(toolId)).map(({ name }) => name)
	};
}

const placeOf = ({ place, tied, points, ballots, move, was }: NonNullable<GuideEntry['standing']>) => ({
	...{ place, tied, points, ballots, move, was }
});

/** Makes the PDF of an edition, once: the job. One that cannot be made is marked, so that it is seen. */
export async function makeEdition(db: Db, editionId: string): Promise<void> {
	const found = await row<{ content: GuideContent; hash: string }>(
		db,
		sql`select content, hash from guide_edition where id = ${editionId} and pdf is null`
	);
	if (!found) return;
	try {
		const { pdf, pages } = await guidePdf(found.content, found.hash, breathing());
		const hash = createHash('sha256').update(pdf).digest('hex');
		await db.execute(sql`update guide_edition set pdf = decode(${pdf.toString('base64')}, 'base64'), pdf_hash = ${hash},
			pages = ${pages}, failed = false where id = ${editionId} and pdf is null`);
	} catch (error) {
		await db.execute(sql`update guide_edition set failed = true where id = ${editionId}`);
		throw error;
	}
}

interface EditionRow {
	id: string;
	number: number;
	name: string;
	issued_at: string;
	ranking_id: string;
	year: number;
	list_hash: string;
	hash: string;
	pdf_hash: string | null;
	pages: number | null;
	failed: boolean;
	can_get: boolean;
}

/** The editions of a Guide, the newest first. */
export async function editionsOf(db: Db, viewer: Viewer, guide: GuideRecord): Promise<EditionLine[]> {
	const found = await rows<EditionRow>(
		db,
		sql`select e.id, e.number, e.name, e.issued_at, e.ranking_id, r.year, e.list_hash, e.hash, e.pdf_hash, e.pages, e.failed,
				(e.pdf is not null and ${editionsFor(viewer, guide)}) as can_get
			from guide_edition e join ranking r on r.item_id = e.ranking_id
			where e.series_id = ${guide.series_id} order by e.number desc`
	);
	return found.map((one) => ({
		...{ id: one.id, number: one.number, name: one.name, issuedAt: new Date(one.issued_at).toISOString() },
		list: { rankingId: one.ranking_id, year: one.year, hash: one.list_hash },
		...{ hash: one.hash, pdfHash: one.pdf_hash, pages: one.pages, failed: one.failed, canGet: one.can_get }
	}));
}

/** The PDF of an edition, to be taken away. @throws Failure not_found for those who may not, or before it is made */
export async function editionAnswer(db: Db, viewer: Viewer, rankingId: string, editionId: string): Promise<Response> {
	const { guide } = await begunGuide(db, viewer, rankingId);
	const found = isId(editionId)
		? await row<{ pdf: Buffer; number: number; pdf_hash: string }>(
				db,
				sql`select e.pdf, e.number, e.pdf_hash from guide_edition e where e.id = ${editionId} and e.series_id = ${guide.series_id}
					and e.pdf is not null and ${editionsFor(viewer, guide)}`
			)
		: undefined;
	if (!found) throw noEdition();
	return new Response(new Uint8Array(found.pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="guide-${found.number}-${found.pdf_hash.slice(0, 8)}.pdf"`,
			etag: `"${found.pdf_hash}"`,
			'cache-control': 'private, no-cache'
		}
	});
}
