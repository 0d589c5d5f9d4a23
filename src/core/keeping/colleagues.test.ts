import { expect, test } from 'vitest';
import { atLeast } from './colleagues.ts';

test('nothing is told of one, of a handful who could be guessed, or of more than half of those who could', () => {
	expect(atLeast(1, 1000)).toBe(0);
	expect(atLeast(2, 2)).toBe(0);
	expect(atLeast(4, 4)).toBe(0);
	expect(atLeast(5, 5)).toBe(2);
	expect(atLeast(9, 9)).toBe(2);
	for (let reach = 0; reach <= 200; reach += 1)
		for (let keepers = 0; keepers <= reach; keepers += 1) {
			const told = atLeast(keepers, reach);
			expect(told === 0 || (told >= 2 && told <= keepers && told <= reach / 2 && reach >= 5)).toBe(true);
		}
});

test('what is told is a step: one colleague more is mostly not seen', () => {
	expect([2, 3, 4, 5, 9, 10, 24, 25, 49, 50, 90].map((keepers) => atLeast(keepers, 1000))).toEqual([
		...[2, 2, 2, 5, 5, 10, 10, 25, 25, 50, 50]
	]);
});
