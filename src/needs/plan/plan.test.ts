import { expect, test } from 'vitest';
import { estimateOf } from '../worth.ts';
import { movedInWords } from './plan.ts';

test('how far a figure has come is said without calling it an effect', () => {
	const down = { baseline: 14, target: 6 };
	expect(movedInWords(down, 9)).toBe(
		'It was 14 and is 9; 6 is aimed at. It moved by 5 the right way. That is a difference, not yet an effect.'
	);
	expect(movedInWords(down, 16)).toContain('by 2 the wrong way');
	expect(movedInWords(down, 14)).toContain('It has not moved.');
	expect(movedInWords({ baseline: 6, target: 14 }, 9)).toContain('the right way');
});

test('a plan begins from what the recommended paths cost and save, never more than all of it', () => {
	const path = { moneyOnce: 100, moneyMonth: 10, hoursMake: 1, minutesEach: 0, days: 3, share: 60 };
	const paths = [
		{ ...path, chosen: true },
		{ ...path, moneyMonth: 0, chosen: true },
		{ ...path, moneyOnce: 9_000, chosen: false }
	];
	expect(estimateOf(paths, 1_000)).toEqual({ budget: 320, saves: 1_000 });
	expect(estimateOf(paths.slice(0, 1), 1_000)).toEqual({ budget: 220, saves: 600 });
	expect(estimateOf(paths, null)).toMatchObject({ saves: 0 });
});
