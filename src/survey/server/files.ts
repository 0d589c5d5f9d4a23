import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { columnsOf } from '../export/columns.ts';
import { figureDictionary, figureLines, figuresCsv, figuresSav, type Parted } from '../export/figures.ts';
import { dictionaryCsv, dictionaryOf, rowOf, rowsCsv, rowsSav } from '../export/rows.ts';
import type { FigureFormat, RowFormat } from '../input.ts';
import { expectResults } from './answer.ts';
import { CSV, file } from './away.ts';
import { answersOf, namedSurvey } from './named.ts';
import { surveyOf } from './record.ts';
import { resultsOf } from './results.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const SAV = 'application/x-spss-sav';

/**
 * All figures of the results as they are released, by everything that results can be parted by:
 * the whole of what may be known of a survey that is anonymous.
 */
export async function figuresFile(db: Db, viewer: Viewer, id: string, as: FigureFormat): Promise<Response> {
	const survey = await surveyOf(db, viewer, id);
	await expectResults(db, viewer, survey);
	const { questions, segments, title, edition, n, minCell } = await resultsOf(db, survey, { canKeep: false });
	const parted: Parted[] = [{ by: '', questions }];
	for (const { key, label } of segments)
		parted.push({ by: label, questions: (await resultsOf(db, survey, { by: key, canKeep: false })).questions });
	const lines = figureLines(parted);
	if (as === 'csv') return file(figuresCsv(lines), CSV, 'figures.csv');
	if (as === 'sav') return file(figuresSav(title, lines), SAV, 'figures.sav');
	const content = { survey: { id, title, edition, answers: n, minCell }, dictionary: figureDictionary, figures: lines };
	return file(JSON.stringify(content), JSON_TYPE, 'figures.json');
}

/** Every answer with who gave it, of a survey by name, for those who look after it; or what its columns mean. */
export async function answersFile(db: Db, viewer: Viewer, id: string, as: RowFormat): Promise<Response> {
	const { title, edition, content } = await namedSurvey(db, viewer, id);
	const columns = columnsOf(content.questions);
	if (as === 'dictionary') return file(dictionaryCsv(columns), CSV, 'dictionary.csv');
	const people = await answersOf(db, id);
	if (as === 'csv') return file(rowsCsv(columns, people), CSV, 'answers.csv');
	if (as === 'sav') return file(rowsSav(title, columns, people), SAV, 'answers.sav');
	const rows = people.map((one) => rowOf(columns, one));
	const whole = { survey: { id, title, edition }, dictionary: dictionaryOf(columns), rows };
	return file(JSON.stringify(whole), JSON_TYPE, 'answers.json');
}
