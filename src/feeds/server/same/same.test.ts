import { expect, test } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { mergeLabelled } from '#src/testing/stories/measure.ts';
import { marksOf, shinglesOf } from './marks.ts';
import { toldBy, wordsOf } from './text.ts';

const { db } = await testDatabase();

test('over 500 labelled pairs: what is one story becomes one entry, and little else', async () => {
	const { pairs, precision, recall } = await mergeLabelled(db);
	expect(pairs).toBeGreaterThan(500);
	expect(precision).toBeGreaterThanOrEqual(0.98);
	expect(recall).toBeGreaterThanOrEqual(0.85);
});

test('a part of a text is found by marks of the whole, and no text has more than 32', () => {
	const words = Array.from({ length: 5000 }, (_, at) => `word${(at * 7919) % 4999}`);
	const whole = marksOf(shinglesOf(words));
	expect(whole.length).toBeLessThanOrEqual(32);
	for (const [from, to] of [
		[0, 40],
		[30, 70],
		[80, 120]
	] as const)
		expect(marksOf(shinglesOf(words.slice(from, to))).some((mark) => whole.includes(mark))).toBe(true);
	expect(marksOf(shinglesOf(['two', 'words']))).toEqual([]);
});

test('countries and programs spell differently, and mean the same', () => {
	expect(wordsOf('Müller’s coloured CENTRE, organised')).toEqual(wordsOf('Mueller colored center organized'));
	expect(wordsOf('Zelenskyy at the grey theatre')).toEqual(wordsOf('Zelensky at the gray theater'));
	expect(wordsOf('版本 2.14.1')).toEqual(['版', '本', '2.14.1']);
});

test('what it quotes, and what its feed always says, is not what a post tells', () => {
	const post = (own: string) => ({
		title: own,
		html: `<blockquote><p>Quoted <em>words</em>.</p></blockquote><p>${own} happened. Follow us everywhere!</p>`
	});
	const told = toldBy([post('One'), post('Two')], [post('Three')]);
	expect(told.map(({ words }) => words.join(' '))).toEqual(['one happened', 'two happened']);
});
