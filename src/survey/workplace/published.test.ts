import { expect, test } from 'vitest';
import { oddSums, published, publishedPeople } from './published.ts';
import { extremes, ratedTable } from './rated.ts';
import { importance, ways } from './ways.ts';

const table = ratedTable(published);

test('the table of 2013 comes out as published: every sum, every mode, the five at the top in the order asked', () => {
	expect(table.map(({ high, modes, top }) => [high, modes.map((step) => importance[step]), top])).toEqual([
		[33, ['Quite important'], false],
		[53, ['Very important'], false],
		[43, ['Quite important'], false],
		[43, ['Quite important'], false],
		[85, ['Essential'], true],
		[79, ['Very important'], true],
		[75, ['Essential'], true],
		[70, ['Very important'], true],
		[62, ['Very important'], false],
		[81, ['Essential'], true]
	]);
	expect(published.every(({ percent }) => percent.reduce((sum, one) => sum + one) === 100)).toBe(true);
	expect(table[0]!.low).toBe(67);
});

test('what is found is computed: team work highest, company training lowest', () => {
	const { highest, lowest } = extremes(table);
	expect(highest.map(({ label, high }) => [label, high])).toEqual([['Collaborative working within your team', 85]]);
	expect(lowest.map(({ label, high }) => [label, high])).toEqual([['Company training/e-learning', 33]]);
});

test('of equal rows the one with more at the highest step stands before, then the one asked first', () => {
	const even = (key: string, percent: number[]) => ({ key, label: key, percent });
	const rows = [
		...[1, 2, 3, 4].map((n) => even(`high ${n}`, [0, 0, 50, 50])),
		...[even('less', [50, 7, 29, 14]), even('more', [50, 7, 26, 17]), even('later', [50, 7, 26, 17])]
	];
	const top = ratedTable(rows).filter((row) => row.top);
	expect(top.map(({ key }) => key)).toEqual(['high 1', 'high 2', 'high 3', 'high 4', 'more']);
});

test('published figures that do not add to 100 are told of, and none is changed', () => {
	expect(oddSums()).toEqual([
		{ question: 'function', sum: 110 },
		{ question: 'age', sum: 101 }
	]);
	expect(publishedPeople.function!.map(({ percent }) => percent)).toEqual([45, 65]);
	expect(publishedPeople.age!.map(({ percent }) => percent)).toEqual([6, 28, 36, 24, 7]);
});

test('ten ways, in words and order as they are asked', () => {
	expect(ways.map(({ label }) => label).join(' · ')).toBe(
		'Company training/e-learning · Self-directed study of external courses · Internal company documents · Internal job aids · Collaborative working within your team · General conversations and meetings with people · Personal & professional networks and communities · External blog and news feeds · Content curated from external sources · Web search for resources (eg Google)'
	);
});
