import { z } from 'zod';

/** Which quarter; this one, unless told. */
export const helpedFilter = z.strictObject({
	quarter: z.preprocess(
		(value) => (value === '' || value === null ? undefined : value),
		z
			.string()
			.regex(/^(19|20|21)[0-9]{2}-Q[1-4]$/, 'must be a quarter, such as 2030-Q1')
			.optional()
	)
});
export type HelpedFilter = z.output<typeof helpedFilter>;
