import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answers, type Answer } from './answer.ts';
import { grade, judged, reaches } from './grade.ts';
import { patternFlaw } from './grading/wording.ts';
import { readNumber } from './grading/numbers.ts';
import { questionContent, type QuestionContent, type QuestionType } from './question.ts';

const picture = '/files/01900000-0000-7000-8000-000000000001/plan.png';
const reviewerId = '0199d4a0-0000-7000-8000-000000000001';

/** One question of each type, and the answer that is its key. */
const keyed: { [T in QuestionType]?: [content: object, key: unknown] } = {
	choice: [
		{
			multiple: true,
			options: ['a', 'b', 'c', 'd'].map((key) => ({ key, text: key, right: key < 'c', why: `why ${key}` }))
		},
		{ chosen: ['b', 'a'] }
	],
	order: [{ items: ['a', 'b', 'c', 'd'].map((key) => ({ key, text: key })) }, { keys: ['a', 'b', 'c', 'd'] }],
	match: [
		{ pairs: ['a', 'b', 'c'].map((key) => ({ key, left: key, right: `right ${key}` })), others: ['none'] },
		{ pairs: { a: 'right a', b: 'right b', c: 'right c' } }
	],
	short: [
		{ accepted: [{ text: 'call * lead' }, { text: 'ask (some|any)one', match: 'pattern', share: 0.5 }] },
		{ text: 'Call the shift lead' }
	],
	numeric: [
		{
			value: 1250.5,
			units: [
				{ name: 'kg', factor: 1 },
				{ name: 'g', factor: 0.001 }
			]
		},
		{ value: '1,250.5', unit: 'kg' }
	],
	hotspot: [
		{
			image: picture,
			alt: 'A plan',
			areas: [{ key: 'a', name: 'Door', right: true, area: { shape: 'ellipse', x: 10, y: 10, width: 20, height: 10 } }]
		},
		{ x: 20, y: 15 }
	],
	form: [
		{
			title: 'Return',
			fields: [
				{ kind: 'text', key: 'who', label: 'Who', accepted: [{ text: 'Kim' }] },
				{ kind: 'number', key: 'sum', label: 'Sum', value: 12.4 },
				{ kind: 'date', key: 'day', label: 'Day', value: '2026-02-01' },
				{ kind: 'choice', key: 'tax', label: 'Tax', options: ['7 %', '19 %'], value: '19 %' },
				{ kind: 'empty', key: 'no', label: 'Receipt number' }
			]
		},
		{ fields: { who: 'kim', sum: '12,40', day: '2026-02-01', tax: '19 %', no: '' } }
	]
};

const content = (type: QuestionType, more: object = {}): QuestionContent =>
	questionContent.parse({ type, prompt: 'What now?', ...keyed[type]?.[0], ...more });
const points = (type: QuestionType, answer: unknown, more: object = {}) =>
	grade(content(type, more), answers[type].parse(answer) as Answer).points;

/** Any answer that the schema of a type lets in, often with the keys that the question has. */
const text = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.constantFrom('a', 'b', 'right a', '1,250.5', '__proto__')
);
const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'x', '__proto__'), { maxLength: 12 });
const place = fc.double({ min: 0, max: 100, noNaN: true });
const given: { [T in QuestionType]: fc.Arbitrary<unknown> } = {
	choice: fc.record({ chosen: keys }),
	order: fc.record({ keys }),
	match: fc.record({ pairs: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'x'), text) }),
	short: fc.record({ text }),
	numeric: fc.record({ value: fc.oneof(text, fc.double().map(String)), unit: fc.constantFrom('', 'kg', 'G', '€') }),
	hotspot: fc.record({ x: place, y: place }),
	form: fc.record({ fields: fc.dictionary(fc.constantFrom('who', 'sum', 'day', 'tax', 'no'), text) }),
	show: fc.record({ url: fc.constantFrom('', 'https://example.org/a'), note: text })
};

describe.each(Object.keys(keyed) as QuestionType[])('%s', (type) => {
	test('its key has all points, nothing has none', () => {
		expect(grade(content(type), answers[type].parse(keyed[type]?.[1]) as Answer)).toMatchObject({
			points: 1,
			right: true
		});
		expect(grade(content(type), null)).toMatchObject({ points: 0, right: false });
	});

	test('the same answer has the same grade between 0 and 1, whatever it is', () => {
		const question = content(type);
		fc.assert(
			fc.property(given[type], (raw) => {
				const read = answers[type].safeParse(raw);
				if (!read.success) return;
				const first = grade(question, read.data as Answer);
				expect(first.points).toBeGreaterThanOrEqual(0);
				expect(first.points).toBeLessThanOrEqual(1);
				expect(first.right).toBe(first.points === 1);
				expect(grade(structuredClone(question), structuredClone(read.data) as Answer)).toEqual(first);
			}),
			{ numRuns: 500 }
		);
	});
});

test('one right thing more is never worth less, one wrong thing more never worth more', () => {
	const subset = fc.subarray(['a', 'b', 'c', 'd']);
	fc.assert(
		fc.property(subset, fc.constantFrom('a', 'b', 'c', 'd'), (chosen, more) => {
			const [before, after] = [points('choice', { chosen })!, points('choice', { chosen: [...chosen, more] })!];
			if (more < 'c') expect(after).toBeGreaterThanOrEqual(before);
			else expect(after).toBeLessThanOrEqual(before);
		})
	);
	const shuffled = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 });
	fc.assert(
		fc.property(shuffled, fc.nat(2), (order, at) => {
			const swapped = order.with(at, order[at + 1]!).with(at + 1, order[at]!);
			const nearer = swapped[at]! < swapped[at + 1]! ? swapped : order;
			const further = nearer === swapped ? order : swapped;
			expect(points('order', { keys: nearer })!).toBeGreaterThanOrEqual(points('order', { keys: further })!);
		})
	);
	const filled = keyed.form![1] as { fields: Record<string, string> };
	fc.assert(
		fc.property(
			fc.subarray(Object.keys(filled.fields)),
			fc.constantFrom(...Object.keys(filled.fields)),
			(some, more) => {
				const fields = (names: string[]) => Object.fromEntries(names.map((name) => [name, filled.fields[name]!]));
				const before = points('form', { fields: fields(some) })!;
				expect(points('form', { fields: fields([...some, more]) })!).toBeGreaterThanOrEqual(before);
			}
		)
	);
});

test('what is partly right has its share', () => {
	expect(points('choice', { chosen: ['a'] })).toBe(0.5);
	expect(points('choice', { chosen: ['a', 'c'] })).toBe(0);
	expect(points('choice', { chosen: ['a', 'b', 'c'] })).toBe(0.5);
	expect(points('order', { keys: ['b', 'a', 'c', 'd'] })).toBeCloseTo(4 / 6);
	expect(points('order', { keys: ['d', 'c', 'b', 'a'] })).toBe(0);
	expect(points('match', { pairs: { a: 'right a', b: 'right c', c: 'right b' } })).toBeCloseTo(1 / 3);
	expect(points('short', { text: 'ask anyone' })).toBe(0.5);
	expect(points('form', { fields: { who: 'Kim' } })).toBeCloseTo(2 / 5);
});

test('all right options, and one wrong one in a question with one right: wrong', () => {
	const options = ['a', 'b'].map((key) => ({ key, text: key, right: key === 'a', why: `why ${key}` }));
	expect(points('choice', { chosen: ['a', 'b'] }, { multiple: false, options })).toBe(0);
	const told = grade(content('choice', { multiple: false, options, why: 'Because.' }), { chosen: ['b'] });
	expect(told.said).toEqual(['why b', 'Because.']);
});

test.each([
	['1250.5', [1250.5]],
	['1,250.5', [1250.5]],
	['1.250,5', [1250.5]],
	['1 250,5', [1250.5]],
	['1\u202f250,5', [1250.5]],
	['1’250.5', [1250.5]],
	['12,34,567', [1234567]],
	['1.250', [1.25, 1250]],
	['1,250', [1.25, 1250]],
	['0,125', [0.125]],
	['1.234.567', [1234567]],
	['−3', [-3]],
	['- 3', [-3]],
	['2/3', [2 / 3]],
	['1 ½', [1.5]],
	['1½', [1.5]],
	['1,2 × 10^3', [1200]],
	['1.2e3', [1200]],
	['5·10⁻²', [0.05]],
	['١٢٫٥', [12.5]],
	['.5', [0.5]],
	['5.', [5]],
	['€ 12,40', [12.4]],
	['12 %', [12]],
	['1,2,3', []],
	['12 34', []],
	['1/0', []],
	['1e999999', []],
	['twelve', []],
	['', []]
])('%s is read as %j', (typed, numbers) => {
	const read = readNumber(typed).readings.map(({ over, under }) => Number(over) / Number(under));
	expect(read).toEqual(numbers.map((each) => expect.closeTo(each, 9)));
});

test('the edge of a tolerance is inside, and a hair beyond it is not', () => {
	const tenth = { value: 0.3, tolerance: { by: 'amount', amount: 0.1 }, units: [] };
	expect(points('numeric', { value: '0.4' }, tenth)).toBe(1);
	expect(points('numeric', { value: '0,2' }, tenth)).toBe(1);
	expect(points('numeric', { value: '0.4000000001' }, tenth)).toBe(0);
	const percent = { value: -70, tolerance: { by: 'percent', amount: 7 }, units: [] };
	expect(points('numeric', { value: '-74,9' }, percent)).toBe(1);
	expect(points('numeric', { value: '-74,91' }, percent)).toBe(0);
});

test('nearer is never worse', () => {
	const numeric = { value: 50, tolerance: { by: 'amount', amount: 7.3 }, units: [] };
	const off = fc.double({ min: 0, max: 20, noNaN: true });
	fc.assert(
		fc.property(off, off, (one, other) => {
			const [near, far] = [Math.min(one, other), Math.max(one, other)].map((each) =>
				points('numeric', { value: (50 + each).toFixed(6) }, numeric)
			);
			expect(near!).toBeGreaterThanOrEqual(far!);
		})
	);
});

test('a unit is needed where there are units, chosen or typed', () => {
	expect(points('numeric', { value: '1.250.500 g' })).toBe(1);
	expect(points('numeric', { value: '1250,5', unit: 'KG' })).toBe(1);
	expect(points('numeric', { value: '1250,5' })).toBe(0);
	expect(points('numeric', { value: '1250,5', unit: 'lb' })).toBe(0);
	const power = {
		value: 5,
		units: [
			{ name: 'mW', factor: 1 },
			{ name: 'MW', factor: 1e9 }
		]
	};
	expect(points('numeric', { value: '5', unit: 'MW' }, power)).toBe(0);
	expect(points('numeric', { value: '5 mW' }, power)).toBe(1);
	expect(points('numeric', { value: '5 mw' }, power)).toBe(0);
});

test('words are the same in every Unicode form, space, quote and case', () => {
	const words = { accepted: [{ text: 'Straße “zum” Café' }] };
	expect(points('short', { text: '  STRASSE "zum"\u00a0Cafe\u0301 ' }, words)).toBe(1);
	expect(points('short', { text: 'straße "zum" café' }, { ...words, exactCase: true })).toBe(0);
	expect(points('short', { text: '5 * 3' }, { accepted: [{ text: '5 \\* 3' }] })).toBe(1);
	expect(points('short', { text: '5 and 3' }, { accepted: [{ text: '5 \\* 3' }] })).toBe(0);
	expect(points('short', { text: 'abab' }, { accepted: [{ text: 'ab*b*ab' }] })).toBe(0);
});

test('a pattern cannot run away, and a broken one accepts nothing', () => {
	const runaway = { accepted: [{ match: 'pattern', text: '(a+)+b|(\\w|\\w\\w)*x' }] };
	expect(points('short', { text: 'a'.repeat(5000) }, runaway)).toBe(0);
	expect(points('short', { text: 'aab' }, runaway)).toBe(1);
	expect(points('short', { text: 'a' }, { accepted: [{ match: 'pattern', text: '(a' }] })).toBe(0);
	expect(patternFlaw('(a')).toContain('is not a pattern');
	expect(patternFlaw('((a{900}){900}){900}')).toBeDefined();
	expect(patternFlaw('(?:lock|tag) ?out')).toBeUndefined();
});

test('a place is looked for in the shape of its area, the edge counted in', () => {
	const at = (area: object, x: number, y: number) =>
		points('hotspot', { x, y }, { areas: [{ key: 'a', name: 'A', right: true, area }] });
	expect(at({ shape: 'ellipse', x: 10, y: 10, width: 20, height: 10 }, 30, 15)).toBe(1);
	expect(at({ shape: 'ellipse', x: 10, y: 10, width: 20, height: 10 }, 29, 19)).toBe(0);
	expect(at({ shape: 'rectangle', x: 0.1, y: 0.2, width: 0.2, height: 0.1 }, 0.3, 0.3)).toBe(1);
	const arrow = {
		shape: 'polygon',
		points: [
			[0, 0],
			[10, 0],
			[10, 10],
			[5, 5],
			[0, 10]
		]
	};
	expect([at(arrow, 5, 4), at(arrow, 5, 5), at(arrow, 5, 7), at(arrow, 2, 7)]).toEqual([1, 1, 0, 1]);
});

test('what is shown waits for a person, nothing shown is wrong, and levels make a share', () => {
	const levels = [
		{ label: 'Not yet', points: 0 },
		{ label: 'Well', points: 2 }
	];
	const rubric = ['safe', 'tidy'].map((key) => ({ key, criterion: key, levels }));
	const question = content('show', { reviewerId, rubric });
	expect(grade(question, { url: 'https://example.org/film', note: '' })).toMatchObject({ points: null, right: false });
	expect(grade(question, { url: '', note: 'I did it.' })).toMatchObject({ points: 0 });
	expect(judged({ rubric }, { safe: 1, tidy: 0 })).toBe(0.5);
	expect(judged({ rubric }, { safe: 1, tidy: 1 })).toBe(1);
	expect(judged({ rubric }, { safe: 9 })).toBe(0);
});

test('a bar of two thirds is reached with two of three', () => {
	expect(reaches(1 / 3 + 1 / 3, 1, 66)).toBe(true);
	expect(reaches(0.1 + 0.7, 1, 80)).toBe(true);
	expect(reaches(0.79, 1, 80)).toBe(false);
});
