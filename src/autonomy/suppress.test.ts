import { expect, test } from 'vitest';
import { tellable } from './suppress.ts';

const of = (...receivers: number[]) => receivers.map((each) => ({ receivers: each }));
const told = (...receivers: number[]) => tellable(of(...receivers)).map((part) => part.receivers);

test('all are told of where each has five people', () => {
	expect(told(5, 9, 30)).toEqual([5, 9, 30]);
});

test('one that is hidden cannot be found by taking the others from the whole', () => {
	expect(told(4, 9, 30)).toEqual([30]);
	expect(told(9, 4)).toEqual([]);
	expect(told(1, 2, 3)).toEqual([]);
});

test('whatever is left of the whole stands for two parts and five people, or for nothing', () => {
	for (let a = 0; a < 12; a += 1)
		for (let b = 0; b < 12; b += 1)
			for (let c = 0; c < 12; c += 1) {
				const parts = of(a, b, c);
				const shown = tellable(parts);
				const hidden = parts.filter((part) => !shown.includes(part));
				expect(shown.every(({ receivers }) => receivers >= 5)).toBe(true);
				// With nothing shown only the whole is known; else what is hidden is never one alone, nor only small ones.
				if (shown.length > 0 && hidden.length > 0)
					expect(hidden.length > 1 && hidden.some(({ receivers }) => receivers >= 5)).toBe(true);
			}
});
