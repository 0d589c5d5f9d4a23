import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Held } from '../release/advance.ts';
import type { SurveyContent, SurveyStatus } from '../survey.ts';

/** A survey as it stands in the database, with what is asked now. */
export interface SurveyRecord {
	item_id: string;
	space_id: string;
	author_id: string;
	title: string;
	status: SurveyStatus;
	anonymous: boolean;
	min_cell: number;
	release_every: number;
	language: string;
	version: number;
	/** `2030-03-12`. */
	closes_on: string | null;
	edition: string;
	first_id: string | null;
	content: SurveyContent;
	/** Whether anybody has answered, or begun to. */
	answered: boolean;
	/** Its closing day has passed. */
	over: boolean;
}

/** `for update of v` waits for whoever answers or changes it just now. */
const columns = sql`v.item_id, i.space_id, i.author_id, i.title, v.status, v.anonymous, v.min_cell, v.release_every, v.language,
	v.version, v.closes_on::text, v.edition, v.first_id, c.content,
	exists (select from survey_answer a where a.survey_id = v.item_id) as answered,
	coalesce(v.closes_on < current_date, false) as over`;
const tables = sql`survey v join item i on i.id = v.item_id
	join survey_version c on c.survey_id = v.item_id and c.version = v.version`;

/** @throws Failure not_found, also for what the viewer may not read */
export async function surveyOf(db: Db, viewer: Viewer, id: string): Promise<SurveyRecord> {
	const found = isId(id)
		? await row<SurveyRecord>(
				db,
				sql`select ${columns} from ${tables} where v.item_id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such survey, or it is not open to you.');
	return found;
}

/** The same, locked: who answers, changes or closes it comes one after the other. */
export async function lockSurvey(tx: Db, viewer: Viewer, id: string): Promise<SurveyRecord> {
	if (isId(id)) await tx.execute(sql`select from survey where item_id = ${id} for update`);
	return surveyOf(tx, viewer, id);
}

/** A survey that somebody may answer, decided before, locked. @throws Failure not_found where it is gone */
export async function lockToKeep(tx: Db, id: string): Promise<SurveyRecord & { link_hash: string | null }> {
	await tx.execute(sql`select from survey where item_id = ${id} for update`);
	const found = await row<SurveyRecord & { link_hash: string | null }>(
		tx,
		sql`select ${columns}, v.link_hash from ${tables} where v.item_id = ${id} and i.state = 'open'`
	);
	if (!found) throw notFound('There is no such survey any more.');
	return found;
}

/** The survey an open link leads to. @throws Failure not_found */
export async function linkedSurvey(db: Db, linkHash: string): Promise<SurveyRecord> {
	const found = await row<SurveyRecord>(
		db,
		sql`select ${columns} from ${tables} where v.link_hash = ${linkHash} and i.state = 'open'`
	);
	if (!found) throw notFound('This link leads to no survey any more. Ask whoever gave it to you.');
	return found;
}

/** What waits to be shown. */
export async function heldOf(tx: Db, id: string): Promise<Held> {
	const found = await row<{ held: Held }>(tx, sql`select held from survey where item_id = ${id}`);
	return found!.held;
}
