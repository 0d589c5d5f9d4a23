import { randomUUID } from 'node:crypto';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, Failure, notFound } from '#src/platform/server/errors.ts';
import { gather, type Outcome } from '#src/platform/server/gather.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import type { AnswerSheet } from '../input.ts';
import type { Answers } from '../survey.ts';
import { expectAnswers } from './expect.ts';
import { lockToKeep, type SurveyRecord } from './record.ts';
import { releaseIfDue } from './release.ts';

/** So many of those who wait are written anew with each batch of answers. */
const MIXED = 100;
/** So many answers are kept in one transaction at most. */
const TOGETHER = 200;

/** An answer by somebody who may give it. */
export interface Given {
	sheet: AnswerSheet;
	/** Who answers; null where they came by a link. */
	personId: string | null;
	/** The same form has the same id again. */
	id?: string;
	/** The link they came by: it may have ended meanwhile. */
	linkHash?: string;
}

interface Kept extends Given {
	id: string;
	answers: Answers;
}

/**
 * Keeps an answer, and lets it into the results with others once there are enough. Answers
 * that come at the same time are kept together; each is told once it is on disk.
 * @throws Failure conflict for a second answer, and as `expectAnswers`
 */
export const keepAnswer = gather<Given, void>(
	(db, surveyId, given) => db.transaction((tx) => keepTogether(tx, surveyId, given)),
	TOGETHER
);

async function keepTogether(tx: Db, surveyId: string, given: readonly Given[]): Promise<Outcome<void>[]> {
	const survey = await lockToKeep(tx, surveyId);
	const answered = await whoHasAnswered(tx, surveyId, given);
	const kept: Kept[] = [];
	const outcomes: Outcome<void>[] = [];
	for (const one of given) {
		try {
			if (one.linkHash && one.linkHash !== survey.link_hash) throw notFound('This link has just ended.');
			const answers = await expectAnswers(tx, survey, one.sheet);
			if (one.personId && answered.has(one.personId)) throw conflict(ONCE, { answered: true });
			if (one.personId) answered.add(one.personId);
			kept.push({ ...one, id: one.id ?? randomUUID(), answers });
			outcomes.push({ value: undefined });
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			outcomes.push({ error });
		}
	}
	if (kept.length > 0) await write(tx, survey, kept);
	return outcomes;
}

const ONCE = 'You have answered this survey already. Your first answer counts.';

async function whoHasAnswered(tx: Db, surveyId: string, given: readonly Given[]): Promise<Set<string>> {
	const people = given.flatMap(({ personId }) => personId ?? []);
	const found = await rows<{ person_id: string }>(
		tx,
		sql`select person_id from survey_participant where survey_id = ${surveyId} and person_id = any(${array(people, 'uuid')})`
	);
	return new Set(found.map(({ person_id }) => person_id));
}

async function write(tx: Db, survey: SurveyRecord, kept: readonly Kept[]): Promise<void> {
	await writePeople(
		tx,
		survey,
		kept.flatMap(({ personId }) => personId ?? [])
	);
	await writeAnswers(tx, survey, kept);
	const resumed = kept.flatMap(({ sheet }) => (sheet.resume ? [hashSecret(sheet.resume)] : []));
	if (resumed.length > 0)
		await tx.execute(sql`delete from survey_draft where token_hash = any(${array(resumed, 'text')})`);
	await releaseIfDue(tx, survey);
}

/**
 * Writes the answers, and of an anonymous survey those that wait anew, all in an order drawn by
 * lot: their places in the file and the number of their transaction are those of others, too.
 */
async function writeAnswers(tx: Db, { item_id, anonymous }: SurveyRecord, kept: readonly Kept[]): Promise<void> {
	const given = kept.map(({ id, sheet, personId, answers }) => ({
		...{ id, answers, version: sheet.version, person_id: anonymous ? null : personId }
	}));
	// The same form once more is no second answer.
	await tx.execute(sql`with mixed as (
			delete from survey_answer where ${anonymous} and survey_id = ${item_id} and id in (
				select id from survey_answer where survey_id = ${item_id} and release is null order by random() limit ${MIXED})
			returning id, version, person_id, answers
		), given as (
			select id, version, person_id, answers from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb)
				as one (id uuid, version integer, person_id uuid, answers jsonb)
			where not exists (select from survey_answer there where there.id = one.id)
		)
		insert into survey_answer (id, survey_id, version, person_id, answers)
		select id, ${item_id}::uuid, version, person_id, answers
		from (select * from mixed union all select * from given) as every order by random()
		on conflict (id) do nothing`);
}

/** The same with who has answered. */
async function writePeople(tx: Db, { item_id, anonymous }: SurveyRecord, people: string[]): Promise<void> {
	if (people.length === 0) return;
	await tx.execute(sql`with mixed as (
			delete from survey_participant where ${anonymous} and survey_id = ${item_id} and person_id in (
				select person_id from survey_participant where survey_id = ${item_id} and not settled order by random() limit ${MIXED})
			returning person_id
		)
		insert into survey_participant (survey_id, person_id)
		select ${item_id}::uuid, person_id from (
			select person_id from mixed union all select unnest(${array(people, 'uuid')})
		) as every order by random()`);
}
