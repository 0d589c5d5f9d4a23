import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import type { NewSurvey, NewWorkplaceSurvey, SurveyEdit, Translation } from '../input.ts';
import { sameStructure } from '../structure.ts';
import { textsOf, type SurveyContent } from '../survey.ts';
import { workplaceSurvey } from '../workplace/questions.ts';
import { lockSurvey, type SurveyRecord } from './record.ts';
import { releaseIfDue } from './release.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A survey takes answers. */
		'survey.opened': { itemId: string; actorId: string };
	}
}

/**
 * Writes a survey in a space. It takes answers once it is opened.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function makeSurvey(db: Db, viewer: Viewer, input: NewSurvey): Promise<string> {
	const { submission, spaceId, title, bodyMd, tags } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'survey', spaceId, title, bodyMd, tags });
			await tx.execute(sql`insert into survey (item_id, anonymous, min_cell, release_every, language, closes_on, edition)
				values (${id}, ${input.anonymous}, ${input.minCell}, ${input.releaseEvery}, ${input.language},
					${input.closesOn ?? null}::date, ${input.edition})`);
			await keepVersion(tx, id, 1, input);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

/** Writes the survey of learning in the workplace, as it stands ready. */
export const makeWorkplaceSurvey = (db: Db, viewer: Viewer, input: NewWorkplaceSurvey): Promise<string> =>
	makeSurvey(db, viewer, { ...workplaceSurvey(), ...input });

const keepVersion = (tx: Db, id: string, version: number, { questions, translations }: SurveyContent) =>
	tx.execute(sql`insert into survey_version (survey_id, version, content)
		values (${id}, ${version}, ${JSON.stringify({ questions, translations })}::text::jsonb)`);

/**
 * Changes a survey as a new version. Once it was answered its words may still be put right;
 * what is asked may not, nor whether it is anonymous.
 * @returns the new version
 * @throws Failure conflict with `current` on a stale edit; invalid for what may not change any more
 */
export async function editSurvey(db: Db, viewer: Viewer, id: string, edit: SurveyEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		expectChangeable(survey, edit);
		const { title, bodyMd, tags, note, version: seen } = edit;
		const version = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen });
		await keepVersion(tx, id, version, { questions: edit.questions, translations: survey.content.translations });
		await tx.execute(sql`update survey set version = ${version}, anonymous = ${edit.anonymous}, min_cell = ${edit.minCell},
			release_every = ${edit.releaseEvery}, language = ${edit.language}, closes_on = ${edit.closesOn ?? null}::date,
			edition = ${edit.edition} where item_id = ${id}`);
		return version;
	});
}

/** Says a survey in another language; one without words is taken away. @throws Failure invalid for places it has not */
export async function translateSurvey(
	db: Db,
	viewer: Viewer,
	id: string,
	language: string,
	{ words }: Translation
): Promise<void> {
	await db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		const { questions, translations } = survey.content;
		if (language === survey.language) throw invalid({ language: 'is the one it is written in' });
		const places = new Set(questions.flatMap(textsOf).map(([place]) => place));
		const unknown = Object.keys(words).find((place) => !places.has(place));
		if (unknown) throw invalid({ [unknown]: 'is no text of this survey' });
		const said = Object.fromEntries(Object.entries(words).filter(([, text]) => text));
		const { [language]: _, ...others } = translations;
		const next = Object.keys(said).length > 0 ? { ...others, [language]: said } : others;
		if (Object.keys(next).length > 20) throw invalid({ language: 'may be one of 20 at most' });
		await tx.execute(sql`update survey_version set content = ${JSON.stringify({ questions, translations: next })}::text::jsonb
			where survey_id = ${id} and version = ${survey.version}`);
	});
}

function expectChangeable(survey: SurveyRecord, edit: SurveyEdit): void {
	if (edit.minCell < survey.min_cell) throw invalid({ minCell: `can only be raised: it is ${survey.min_cell}` });
	if (!survey.answered) return;
	if (edit.anonymous !== survey.anonymous) throw invalid({ anonymous: 'stays as it is once somebody has answered' });
	if (!sameStructure(edit.questions, survey.content.questions))
		throw invalid({
			questions: 'were answered already: their words can change, not what is asked. Begin another edition for that'
		});
}

/** Opens a survey, which invites all who may read it, or closes it. */
export async function changeStatus(db: Db, viewer: Viewer, id: string, status: 'open' | 'closed'): Promise<void> {
	await db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		if (survey.status === status) return;
		if (status === 'open' && survey.over) throw conflict('Its closing day has passed: change that first.');
		if (status === 'closed' && survey.status === 'preparing') throw conflict('It was not open yet.');
		await tx.execute(sql`update survey set status = ${status} where item_id = ${id}`);
		if (status === 'closed') await releaseIfDue(tx, survey, { closing: true });
		else if (survey.status === 'preparing') await emit(tx, 'survey.opened', { itemId: id, actorId: viewer.id });
	});
}

export const KEEPERS = 'Its author and the stewards of the space look after this survey.';

/** Who looks after a survey. */
export const canKeep = (viewer: Viewer, { space_id, author_id }: Pick<SurveyRecord, 'space_id' | 'author_id'>) =>
	canEdit(viewer, { spaceId: space_id, authorId: author_id });

/**
 * Makes a link with which anybody can answer; one made before leads nowhere any more.
 * @returns its secret, told this once
 */
export async function makeLink(db: Db, viewer: Viewer, id: string): Promise<string> {
	const secret = newSecret();
	await setLink(db, viewer, id, hashSecret(secret));
	return secret;
}

/** Ends the link. */
export const endLink = (db: Db, viewer: Viewer, id: string): Promise<void> => setLink(db, viewer, id, null);

async function setLink(db: Db, viewer: Viewer, id: string, hash: string | null): Promise<void> {
	await db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		if (hash && !survey.anonymous)
			throw conflict('Who answers by a link has no name here: only an anonymous survey can have one.');
		await tx.execute(sql`update survey set link_hash = ${hash} where item_id = ${id}`);
	});
}

/** Begins another edition of a survey: the same questions, to be asked again and compared. @returns its id */
export async function beginEdition(
	db: Db,
	viewer: Viewer,
	id: string,
	{ edition, submission }: { edition: string; submission?: string }
): Promise<string> {
	return db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		const text = (await row<{ body_md: string; tags: string[] }>(
			tx,
			sql`select body_md, tags from item where id = ${id}`
		))!;
		const made = await makeSurvey(tx, viewer, {
			...{ spaceId: survey.space_id, title: survey.title, bodyMd: text.body_md, tags: text.tags, edition, submission },
			...{ anonymous: survey.anonymous, minCell: survey.min_cell, releaseEvery: survey.release_every },
			...{ language: survey.language, ...survey.content }
		});
		await tx.execute(sql`update survey set first_id = ${survey.first_id ?? id} where item_id = ${made}`);
		return made;
	});
}
