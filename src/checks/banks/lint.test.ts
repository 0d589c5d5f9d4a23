import { expect, test } from 'vitest';
import { questionContent, type QuestionContent } from '../question.ts';
import { exampleQuestions } from '#src/testing/checks.ts';
import { lintBank, lintQuestion, minutesOf, minutesOfAll, readingGrade, syllablesOf } from './lint.ts';

const part = { itemId: '0199d4a0-0000-7000-8000-000000000001', anchor: { type: 'whole' as const }, label: '' };

/** A choice that is right with its first option. */
const choice = (prompt: string, right: string, ...wrong: string[]): QuestionContent =>
	questionContent.parse({
		...{ type: 'choice', prompt, why: 'So.', parts: [part] },
		options: [right, ...wrong].map((text, at) => ({ key: `${at}`, text, right: at === 0 }))
	});
const rules = (content: QuestionContent, language?: string) =>
	lintQuestion({ id: 'q', objectiveId: null, content }, language).map(({ rule }) => rule);

test('a good question of each type is left alone', () => {
	const image = `/files/${part.itemId}/a.png`;
	for (const content of Object.values(exampleQuestions({ image, reviewerId: part.itemId })))
		expect(rules({ ...content, parts: [part] }), content.type).toEqual([]);
});

const options = ['Look for the sale', 'Refuse it', 'Pay the shelf price'] as const;
test.each([
	['definition', choice('What is the definition of a return?', ...options)],
	['definition', choice('What does “RMA” stand for?', ...options)],
	['definition', choice('What is a pallet jack?', ...options)],
	['definition', choice('Which of the following best describes a voucher?', ...options)],
	['trivia', choice('In which year was the form introduced?', 'In 2004', 'In 2006', 'In 2010')],
	['trivia', choice('Who invented the pallet jack?', 'A', 'B', 'C')],
	['all-or-none', choice('The box is wet. What do you do?', 'All of the above', 'Take a photo', 'Call')],
	['all-or-none', choice('The box is wet. What do you do?', 'Take a photo', 'Call', 'None of these')],
	[
		'longest-right',
		choice(
			'The box is wet. What do you do?',
			'Take a photo of all sides and call the carrier before you sign',
			'Sign',
			'Leave'
		)
	],
	['grammar-cue', choice('On top of the pallet you put an', 'angle', 'box', 'strap')],
	['absolute-words', choice('The box is wet. What do you do?', 'Take a photo', 'Never sign', 'Always refuse it')]
] as const)('%s is found in “%o”', (rule, content) => {
	expect(rules(content)).toEqual([rule]);
});

test.each([
	['a case with a definition in it', choice('A customer asks what a voucher is. What do you do?', ...options)],
	['a year that belongs to the case', choice('The kettle is from 2019. Do you take it back?', 'Yes', 'No', 'Ask')],
	[
		'a long wrong option',
		choice('The box is wet?', 'Take a photo of all sides, then call', 'Sign for it and tell nobody else', 'Go')
	],
	['an article all go on from', choice('On top of the pallet you put a', 'box', 'strap', 'cover')],
	['absolute words on both sides', choice('Near the jack?', 'Always look back', 'Never look', 'Always run')],
	['“all” as a part of the job', choice('After closing?', 'Count all notes', 'Lock up', 'Go home')]
])('%s is no reason to warn', (_, content) => {
	expect(rules(content)).toEqual([]);
});

test('what leads nowhere and says no reason is named', () => {
	expect(rules({ ...choice('What now?', ...options), parts: [], why: ' ' })).toEqual(['unmapped', 'no-why']);
});

test('the reading grade follows its formula', () => {
	// 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59.
	expect(readingGrade('The cat sat on the mat.')).toBeCloseTo(-1.45, 6);
	// 2 sentences of 3 words, 7 syllables.
	expect(readingGrade('The customer waits. You help her.')).toBeCloseTo(0.39 * 3 + 11.8 * (8 / 6) - 15.59, 6);
	expect(['cat', 'table', 'customer', 'make', 'waited', 'boxes', 'idea'].map(syllablesOf)).toEqual([
		1, 2, 3, 1, 2, 1, 2
	]);
});

test('long words in long sentences are hard to read, in other languages long sentences are', () => {
	const hard =
		'Notwithstanding the aforementioned organisational considerations regarding merchandise, personnel responsible for administration should subsequently initiate appropriate documentation procedures concerning transportation irregularities and reconciliation.';
	expect(rules(choice(hard, ...options))).toEqual(['reading-level']);
	expect(rules(choice(`${'wort '.repeat(60)}`, ...options), 'de')).toEqual(['reading-level']);
	expect(rules(choice(`${'Das ist gut. '.repeat(20)}`, ...options), 'de')).toEqual([]);
	expect(rules(choice('Was ist die Definition? What is the definition of it?', ...options), 'de')).toEqual([]);
});

const linted = (contents: QuestionContent[], objectiveId = 'o') =>
	contents.map((content, at) => ({ id: `${at}`, objectiveId, content }));
const { order, numeric, short, show, choice: mixed } = exampleQuestions();
const about = (warnings: { rule: string }[]) => warnings.map(({ rule }) => rule);

test('too many choices, always right at the same place, are found over the bank', () => {
	const second = { ...mixed, options: [mixed.options[1]!, mixed.options[0]!, mixed.options[2]!] };
	expect(about(lintBank(linted([mixed, mixed, mixed, mixed, second])))).toEqual(['position-pattern', 'mostly-choice']);
	expect(about(lintBank(linted([mixed, second, mixed, second, mixed])))).toEqual(['mostly-choice']);
	expect(lintBank(linted([mixed, order, numeric, mixed, short]))).toEqual([]);
	expect(lintBank(linted([mixed, mixed, mixed, mixed]))).toEqual([]);
});

test('an objective has enough for another try, and all of it fits a quarter of an hour', () => {
	const draw = (draws: number) => [{ objectiveId: 'o', title: 'Takes it back', draws }];
	expect(about(lintBank(linted([mixed, order]), draw(1)))).toEqual([]);
	expect(about(lintBank(linted([mixed]), draw(1)))).toEqual(['few-questions']);
	expect(lintBank(linted([mixed]), draw(2))[0]?.message).toContain('draws 2 and has 1');
	const shown = linted([show, show, show, show, show, show, show, show]);
	expect(minutesOfAll(shown, draw(4))).toBeCloseTo(4 * minutesOf(show), 6);
	expect(about(lintBank(shown, draw(4)))).toEqual(['flow-budget']);
	expect(about(lintBank(shown, draw(2), 5))).toEqual(['flow-budget']);
	expect(about(lintBank(shown, draw(2), 12))).toEqual([]);
});
