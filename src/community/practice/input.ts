import { z } from 'zod';
import { markdown, orNone } from '#src/core/items/input.ts';

/** What somebody tried, in their own words; of today unless told. */
export const newPracticeNote = z.strictObject({
	text: markdown(1).pipe(z.string().max(1000, 'may have 1,000 characters at most')),
	triedOn: orNone(
		z.iso
			.date('must be a day, such as 2030-03-12')
			.refine((one) => one >= '1970-01-01' && one <= '2199-12-31', 'must lie between 1970 and 2199')
	)
});
export type NewPracticeNote = z.output<typeof newPracticeNote>;
