import { z } from 'zod';
import { degrees } from './pulse.ts';

const degree = z.enum(degrees, 'must be 1 to 5').optional();

/** What somebody says to each statement, from 1 (not at all) to 5 (fully); left out means nothing. */
export const sheet = z
	.strictObject({ decide: degree, leave: degree })
	.refine(({ decide, leave }) => decide !== undefined || leave !== undefined, {
		path: ['decide'],
		message: 'choose one, or leave the question out'
	});
export type Sheet = z.output<typeof sheet>;

/** How long not to be asked: this quarter, a week, for good, or no longer. */
export const rest = z.strictObject({
	for: z.enum(['quarter', 'week', 'always', 'off'], 'must be quarter, week, always or off')
});
export type Rest = z.output<typeof rest>['for'];
