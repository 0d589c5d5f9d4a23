import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { stepAnchor, type AidFacts, type Shown } from '../aid.ts';
import type { Stuck } from '../input.ts';
import { noteRun } from './runs.ts';

/** What a question about a step begins with. */
export interface QuestionStart {
	title: string;
	bodyMd: string;
	spaceId: string;
	/** The form to ask it in, filled in. */
	address: string;
}

/**
 * Somebody does not get on at a step: the run notes it, and a question is begun that quotes
 * the step and links to it.
 */
export async function beginQuestion(
	db: Db,
	viewer: Viewer,
	aidId: string,
	{ step, version, run }: Stuck
): Promise<QuestionStart> {
	const found = await row<{ title: string; version: number; space_id: string; shown: Shown }>(
		db,
		sql`select i.title, i.version, i.space_id, v.shown from item i join aid_version v on v.item_id = i.id and v.version = i.version
			where i.id = ${aidId} and i.kind = 'aid' and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound('This job aid does not exist, or is not open to you.');
	await noteRun(db, viewer, aidId, run ?? newId(), {
		version: version ?? found.version,
		step,
		finished: false,
		stuck: true
	});
	const { title, shown, space_id: spaceId } = found;
	const said = shown.cards[step]?.title;
	// The rows of a table are not the steps of its run.
	const numbered = said !== undefined && !shown.table;
	const name = title.replace(/[[\]\\]/g, '');
	const link = numbered
		? `[Step ${step + 1} of “${name}”](/aids/${aidId}#${stepAnchor(step)})`
		: `[“${name}”](/aids/${aidId})`;
	const start = {
		title: short(
			numbered ? `Stuck at step ${step + 1} of “${title}”: ${said}` : `Stuck with “${title}”${said ? `: ${said}` : ''}`,
			200
		),
		bodyMd: `${said ? `> ${short(said, 300)}\n\n` : ''}${link}\n\n`
	};
	const query = new URLSearchParams({ space: spaceId, title: start.title, body: start.bodyMd, about: aidId });
	return { ...start, spaceId, address: `/questions/new?${query}` };
}

const short = (text: string, most: number) =>
	[...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text;

/** Links a question to the aids its text points to, so that each knows of the other. */
export async function linkQuestion(db: Db, { itemId, kind }: { itemId: string; kind: string }): Promise<void> {
	if (kind !== 'question') return;
	await db.execute(sql`insert into item_link (from_id, to_id, relation, created_by)
		select distinct q.id, a.item_id, 'mentions', q.author_id
		from item q
		cross join lateral regexp_matches(q.body_md, '/aids/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') as link
		join aid a on a.item_id = link[1]::uuid
		where q.id = ${itemId}
		on conflict do nothing`);
}

/** What was asked about an aid, as far as the viewer may read it; the open ones first. */
export async function questionsAbout(db: Db, viewer: Viewer, aidId: string): Promise<AidFacts['questions']> {
	return rows(
		db,
		sql`select q.id, q.title, q.helped as answered,
				(substring(q.body_md from '/aids/' || ${aidId}::text || '#step-([0-9]{1,3})'))::int as step
			from (
				select i.id, i.title, i.body_md, i.created_at,
					exists (select 1 from item r where r.parent_id = i.id and r.kind = 'answer' and r.state = 'open') as helped
				from item_link l join item i on i.id = l.from_id
				where l.to_id = ${aidId} and l.relation = 'mentions' and i.kind = 'question' and i.state = 'open' and ${visibleItems(viewer, 'i')}
			) q order by q.helped, q.created_at desc limit 20`
	);
}
