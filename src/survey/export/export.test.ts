import { expect, test } from 'vitest';
import type { Answers, Question } from '../survey.ts';
import { columnsOf } from './columns.ts';
import { dictionaryCsv, dictionaryOf, rowOf, rowsCsv } from './rows.ts';

const plain = { hint: '', required: false, about: false, rows: [], options: [], bands: [], showIf: null };
const questions: Question[] = [
	{ ...plain, key: 'top', type: 'section', label: 'First' },
	{ ...plain, key: 'team', type: 'single', label: 'Team', options: ['Shop', 'Store'] },
	{
		...{ ...plain, key: 'why', type: 'multiple', label: 'Why', options: ['Near', 'Cheap'] },
		showIf: { key: 'team', options: [1] }
	},
	{ ...plain, key: 'rated', type: 'matrix', label: 'Rated', rows: ['Light', 'Heat'], options: ['Bad', 'Good'] },
	{ ...plain, key: 'order', type: 'ranking', label: 'Order', options: ['A', 'B', 'C'] },
	{ ...plain, key: 'age', type: 'number', label: 'Age', bands: [30] },
	{ ...plain, key: 'more', type: 'text', label: 'More' }
];
const columns = columnsOf(questions);
const person = (name: string, answers: Answers) => ({ person: { id: name, name }, answers });
const people = [
	person('Ada', { team: 1, why: [1], rated: [0, null], order: [2, 0, 1], age: 31.5, more: '=SUM(A1)\n"so"' }),
	person('Lin', { team: 0, why: [0] })
];

test('each question has its columns, and each says what it means', () => {
	expect(columns.map(({ name }) => name)).toEqual([
		...['team', 'why_1', 'why_2', 'rated_1', 'rated_2', 'order_1', 'order_2', 'order_3', 'age', 'more']
	]);
	expect(dictionaryOf(columns)[3]).toEqual({
		...{ name: 'rated_1', question: 'rated', type: 'matrix', label: 'Rated: Light', holds: 'code', ordered: true },
		values: [
			{ code: 1, label: 'Bad' },
			{ code: 2, label: 'Good' }
		]
	});
	expect(dictionaryCsv(columns)).toContain('team,team,single,Team,code,2,Store\r\n');
});

test('answers in codes: what was not given, not asked, or answered before a change is empty', () => {
	expect(rowOf(columns, people[0]!).answers).toEqual({
		...{ team: 2, why_1: 0, why_2: 1, rated_1: 1, rated_2: null, order_1: 2, order_2: 3, order_3: 1 },
		...{ age: 31.5, more: '=SUM(A1)\n"so"' }
	});
	// Who is in the shop was not asked why.
	expect(rowOf(columns, people[1]!).answers).toMatchObject({ team: 1, why_1: null, why_2: null, order_1: null });
});

test('answers in words, and no formulas for a spreadsheet', () => {
	const [head, ada, lin] = rowsCsv(columns, people).split('\r\n');
	expect(head).toBe(`person,${columns.map(({ name }) => name).join(',')}`);
	expect(ada).toBe(`Ada,Store,Not chosen,Chosen,Bad,,2,3,1,31.5,"'=SUM(A1)\n""so"""`);
	expect(lin).toBe('Lin,Shop,,,,,,,,,');
});
