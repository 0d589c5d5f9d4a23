import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import { recordsOf } from '#src/platform/server/csv.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, Failure, invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import type { AnswerTable } from '../bring/answers.ts';
import type { Brought } from '../bring/brought.ts';
import { newSurvey } from '../input.ts';
import type { BroughtView, BroughtAnswersView } from '../views.ts';
import { lockSurvey, surveyOf } from './record.ts';
import { releaseIfDue } from './release.ts';
import { canKeep, KEEPERS, makeSurvey } from './write.ts';

/** A file as it was sent. */
export interface SentFile {
	name: string;
	content: Uint8Array;
}

const MOST_ANSWERS = 200_000;
/** So many mistakes are told at once. */
const MOST_ERRORS = 10;

const begins = ({ content }: SentFile, ...starts: string[]) =>
	starts.includes(Buffer.from(content.subarray(0, 4)).toString('latin1').slice(0, starts[0]!.length));
const isSav = (file: SentFile) => begins(file, '$FL2', '$FL3');
const isZip = (file: SentFile) => begins(file, 'PK');

/**
 * Makes a survey of what another program exported: LimeSurvey's structure (.lss, also packed), or
 * an SPSS file (.sav), of which the words of its variables tell what was asked. It is prepared, not open.
 * The same file in the same space leads to the survey that was made of it before.
 * @param read reads the file, once it is known that somebody may write in the space
 * @throws Failure invalid with `file` and a sentence that says what is wrong with it
 */
export async function bringSurvey(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	read: () => Promise<SentFile>
): Promise<BroughtView> {
	allow(canWriteIn(viewer, { spaceId }), 'Join the space to write in it.');
	const file = await read();
	const { notes, ...brought } = await readable(() => surveyIn(file));
	const input = takeAsSurvey({ spaceId, submission: nameOf(viewer, spaceId, file), ...brought });
	return { id: await makeSurvey(db, viewer, input), asks: brought.questions.length, notes };
}

async function surveyIn(file: SentFile): Promise<Brought> {
	if (isSav(file)) {
		const [{ readSav }, { surveyOfSav }] = await Promise.all([
			import('../bring/sav-read.ts'),
			import('../bring/sav-structure.ts')
		]);
		return surveyOfSav(await readSav(file.content), file.name.replace(/\.[^.]+$/, '').slice(0, 200) || 'A survey');
	}
	const { readLimeSurvey } = await import('../bring/limesurvey.ts');
	return readLimeSurvey(isZip(file) ? await structureIn(file) : file.content);
}

/** The structure within an archive of LimeSurvey. */
async function structureIn({ content }: SentFile): Promise<Uint8Array> {
	const { openZip } = await import('#src/platform/server/zip.ts');
	const folder = await mkdtemp(join(tmpdir(), 'trellis-survey-'));
	try {
		const path = join(folder, 'archive');
		await writeFile(path, content);
		const zip = await openZip(path);
		const name = zip.names.find((each) => /\.ls[sr]c?$/i.test(each));
		if (!name) throw new Unreadable('The archive holds no survey structure (.lss).');
		const found = await zip.bytes(name, 20 * 1024 ** 2);
		zip.close();
		return found;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** What a file cannot be read for is told at its field. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Unreadable) throw invalid({ file: error.message });
		throw error;
	}
}

/** The same file by the same person in the same space is one submission. */
function nameOf(viewer: Viewer, spaceId: string, { content }: SentFile): string {
	const hex = createHash('sha256').update(`${viewer.id} ${spaceId} `).update(content).digest('hex');
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** What does not fit the rules here is said in a sentence: there is no form yet with fields of its own. */
function takeAsSurvey(given: Omit<Brought, 'notes'> & { spaceId: string; submission: string }) {
	try {
		return parse(newSurvey, given);
	} catch (error) {
		if (!(error instanceof Failure) || error.kind !== 'invalid') throw error;
		const said = Object.entries(error.fields).map(([field, wrong]) => {
			const [, at, part] = /^questions\.(\d+)\.(\w+)/.exec(field) ?? [];
			const label = at === undefined ? field : `${part} of “${given.questions[Number(at)]?.label ?? at}”`;
			return `${label} ${String(wrong)}`;
		});
		throw invalid({ file: `The survey cannot be taken as it is: ${said.slice(0, MOST_ERRORS).join('; ')}.` });
	}
}

/**
 * Brings answers that were given elsewhere into a survey that is being prepared, and closes it: its
 * results stand at once, to be compared with another edition. All of them or none.
 * @throws Failure invalid with `file` and the lines that are wrong; conflict where it is by name, or has answers
 */
export async function bringAnswers(
	db: Db,
	viewer: Viewer,
	id: string,
	read: () => Promise<SentFile>
): Promise<BroughtAnswersView> {
	allow(canKeep(viewer, await surveyOf(db, viewer, id)), KEEPERS);
	const file = await read();
	const table = await readable(() => tableIn(file));
	const { answersFrom } = await import('../bring/answers.ts');
	return db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		if (!survey.anonymous)
			throw conflict('This survey is by name, and a name in a file proves nothing. Make it anonymous.');
		if (survey.answered || survey.status !== 'preparing')
			throw conflict(
				'Answers can be brought only into a survey that was not opened yet and has none. Begin another edition.'
			);
		const { answers, errors, ignored } = answersFrom(survey.content.questions, table);
		if (errors.length > 0) throw invalid({ file: `Nothing was taken. ${tell(errors)}` });
		if (answers.every((one) => Object.keys(one).length === 0))
			throw invalid({
				file: `Nothing was taken: no column is named like a question here, such as ${hintOf(survey.content.questions)}.`
			});
		if (answers.length < survey.min_cell)
			throw invalid({ file: `Nothing was taken: of fewer than ${survey.min_cell} answers nothing could be shown.` });
		const given = answers.map((each) => ({ id: randomUUID(), answers: each }));
		await tx.execute(sql`insert into survey_answer (id, survey_id, version, answers)
			select id, ${id}::uuid, ${survey.version}, answers
			from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as one (id uuid, answers jsonb) order by random()`);
		await tx.execute(sql`update survey set status = 'closed' where item_id = ${id}`);
		await releaseIfDue(tx, survey, { closing: true });
		return { answers: answers.length, ignored };
	});
}

const tell = (errors: readonly string[]) =>
	errors.length > MOST_ERRORS
		? `${errors.slice(0, MOST_ERRORS).join(' ')} And ${errors.length - MOST_ERRORS} more.`
		: errors.join(' ');

const hintOf = (questions: readonly { key: string; type: string }[]) =>
	questions.find(({ type }) => type !== 'section')?.key ?? 'q1';

async function tableIn(file: SentFile): Promise<AnswerTable> {
	if (isSav(file)) {
		const { readSav } = await import('../bring/sav-read.ts');
		const { variables, rows } = await readSav(file.content);
		return { columns: variables, rows: rows.slice(0, MOST_ANSWERS).map((cells, at) => ({ cells, line: at + 1 })) };
	}
	async function* pieces() {
		yield decodeText(file.content);
	}
	const rows: AnswerTable['rows'] = [];
	let columns: AnswerTable['columns'] | undefined;
	for await (const { cells, line } of recordsOf(pieces())) {
		if (!columns) columns = cells.map((name) => ({ name, label: '' }));
		else if (cells.length > columns.length)
			throw new Unreadable(`Line ${line} has more cells than the first line has names.`);
		else rows.push({ cells, line });
		if (rows.length > MOST_ANSWERS)
			throw new Unreadable(`A file may hold ${MOST_ANSWERS.toLocaleString('en')} answers at most.`);
	}
	if (!columns) throw new Unreadable('The file is empty.');
	return { columns, rows };
}
