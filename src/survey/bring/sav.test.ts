import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columnsOf } from '../export/columns.ts';
import { rowsSav } from '../export/rows.ts';
import { writeSav, widthOf } from '../export/sav.ts';
import type { Answers, Question } from '../survey.ts';
import { answersFrom } from './answers.ts';
import { readSav } from './sav-read.ts';
import { surveyOfSav } from './sav-structure.ts';

const long = `${'ä'.repeat(300)} end ${'x'.repeat(500)}`;
const texts = ['Zoë', long, null];
const written = () =>
	writeSav({
		...{ title: 'Bücher', weight: 'n' },
		columns: [
			{ name: 'person', label: 'Who', width: widthOf(texts) },
			{
				...{ name: 'q1_2', label: 'Which “team”?', width: 0 },
				values: [
					{ code: 1, label: 'Läden' },
					{ code: 2, label: 'Warehouse' }
				]
			},
			{ name: 'short', label: 'ten', width: 10 },
			{ name: 'n', label: 'count', width: 0 }
		],
		rows: [
			['Zoë', 1, 'abc', 3],
			[long, 2, 'ä', 2.5],
			[null, null, null, 1]
		]
	});

/** The same table as PSPP 1.6 saved it after reading ours: in both ways to pack it. */
test.each([
	['as it is written here', written],
	['packed by PSPP', () => readFileSync('src/survey/bring/fixtures/packed.sav')],
	['packed by PSPP with zlib', () => readFileSync('src/survey/bring/fixtures/zlib.zsav')]
])('an SPSS file %s is read whole: long texts, letters of two bytes, what is missing', async (_, content) => {
	const { variables, rows } = await readSav(content());
	expect(variables.map(({ name, label, isText }) => [name, label, isText])).toEqual([
		...[
			['person', 'Who', true],
			['q1_2', 'Which “team”?', false],
			['short', 'ten', true],
			['n', 'count', false]
		]
	]);
	expect(variables[1]!.values).toEqual([
		{ code: 1, label: 'Läden' },
		{ code: 2, label: 'Warehouse' }
	]);
	expect(rows).toEqual([
		['Zoë', 1, 'abc', 3],
		[long, 2, 'ä', 2.5],
		[null, null, null, 1]
	]);
});

test('cut off anywhere, or with any byte changed, an SPSS file is read or told to be damaged, and nothing else', async () => {
	for (const content of [written(), readFileSync('src/survey/bring/fixtures/zlib.zsav')]) {
		for (let length = 0; length < content.length; length += 37)
			await readSav(content.subarray(0, length)).then(
				() => expect.fail(`${length} bytes of ${content.length} were read as a whole file`),
				(error: Error) => expect(error.name).toBe('Unreadable')
			);
		for (let at = 0; at < content.length; at += 53) {
			const changed = Buffer.from(content);
			changed[at] = changed[at]! ^ 0xff;
			await readSav(changed).catch((error: Error) => expect(error.name, `byte ${at}`).toBe('Unreadable'));
		}
	}
});

const plain = { hint: '', required: false, about: false, rows: [], options: [], bands: [], showIf: null };
const questions: Question[] = [
	{ ...plain, key: 'team', type: 'single', label: 'Team', options: ['Shop', 'Store'] },
	{ ...plain, key: 'why', type: 'multiple', label: 'Why', options: ['Near', 'Cheap'] },
	{ ...plain, key: 'rated', type: 'matrix', label: 'Rated', rows: ['Light', 'Heat'], options: ['Bad', 'Fair', 'Good'] },
	{ ...plain, key: 'order', type: 'ranking', label: 'Order', options: ['A', 'B', 'C'] },
	{ ...plain, key: 'age', type: 'number', label: 'Age', bands: [30] },
	{ ...plain, key: 'more', type: 'text', label: 'More' }
];
const answers: Answers[] = [
	{ team: 1, why: [0, 1], rated: [0, null], order: [2, 0, 1], age: 31.5, more: long },
	{ team: 0, rated: [2, 1], age: 29 },
	{ team: 1, why: [1] }
];
const named = answers.map((each, at) => ({ person: { id: String(at), name: `P${at}` }, answers: each }));

test('answers taken away as SPSS come back as they were', async () => {
	const { variables, rows } = await readSav(rowsSav('T', columnsOf(questions), named));
	const table = { columns: variables, rows: rows.map((cells, at) => ({ cells, line: at + 1 })) };
	expect(answersFrom(questions, table)).toEqual({ answers, errors: [], ignored: ['person'] });
});

test('an SPSS file tells what was asked, and its answers fit that', async () => {
	const file = await readSav(rowsSav('T', columnsOf(questions), named));
	const { questions: told, notes } = surveyOfSav(file, 'Old survey');
	expect(told.map(({ key, type, label }) => [key, type, label])).toEqual([
		...[
			['person', 'text', 'Who answered'],
			['team', 'single', 'Team'],
			['why', 'multiple', 'Why']
		],
		...[
			['rated', 'matrix', 'Rated'],
			['order1', 'number', 'Order: place of A']
		],
		...[
			['order2', 'number', 'Order: place of B'],
			['order3', 'number', 'Order: place of C']
		],
		...[
			['age', 'number', 'Age'],
			['more', 'text', 'More']
		]
	]);
	expect(told[3]).toMatchObject({ rows: ['Light', 'Heat'], options: ['Bad', 'Fair', 'Good'] });
	expect(notes.join(' ')).toContain('3 answers');
	const table = { columns: file.variables, rows: file.rows.map((cells, at) => ({ cells, line: at + 1 })) };
	const read = answersFrom(told, table);
	expect(read.errors).toEqual([]);
	expect(read.answers[0]).toMatchObject({ team: 1, why: [0, 1], age: 31.5, order1: 2 });
});

test('columns are known by name, by words, or as LimeSurvey calls them; what cannot be is told with its line', () => {
	const columns = ['id', 'Team', 'why[SQ002]', 'Rated [Light]', 'rated_2', 'AGE'].map((name) => ({ name, label: '' }));
	const row = (line: number, ...cells: (string | null)[]) => ({ line, cells });
	const good = answersFrom(questions, { columns, rows: [row(2, '7', 'store', 'Y', 'A3', 'Fair', '41,5')] });
	expect(good).toEqual({ answers: [{ team: 1, why: [1], rated: [2, 1], age: 41.5 }], errors: [], ignored: ['id'] });
	const bad = answersFrom(questions, { columns, rows: [row(9, '', 'Elsewhere', 'perhaps', '4', '', 'old')] });
	expect(bad.errors).toEqual([
		'Line 9: “Elsewhere” is no answer to “Team”.',
		'Line 9: “perhaps” is no answer to “Why: Cheap”.',
		'Line 9: “4” is no answer to “Rated: Light”.',
		'Line 9: “Age” must be a number.'
	]);
});
