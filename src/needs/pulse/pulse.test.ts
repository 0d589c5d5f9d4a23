import { expect, test } from 'vitest';
import { saidInWords, saidOf } from './pulse.ts';

test.each([
	[0, 0, 'Too few said anything.'],
	[4, 0, 'Too few said anything.'],
	[5, 0, 'Most say so.'],
	[4, 1, 'Most say so.'],
	[0, 5, 'Most do not.'],
	[1, 8, 'Most do not.'],
	[3, 3, 'They are of two minds.'],
	[5, 5, 'They are of two minds: 5 of 10 say so.'],
	[12, 5, 'Most say so: 12 of 17.'],
	[30, 4, 'Most say so.']
])('of %i who say so and %i who do not, it is told: %s', (yes, no, words) => {
	expect(saidInWords(saidOf({ yes, no }))).toBe(words);
});

test('no number counts fewer than five people, nor leaves fewer than five', () => {
	for (let yes = 0; yes < 30; yes += 1)
		for (let no = 0; no < 30; no += 1) {
			const said = saidOf({ yes, no });
			if (said.yes !== null) expect(Math.min(yes, no)).toBeGreaterThanOrEqual(5);
			if (yes + no < 5) expect(said.lean).toBe('unknown');
		}
});
