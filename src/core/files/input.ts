import { z } from 'zod';

const nothing = (value: unknown) => (value === '' ? null : value);
const gigabytes = z.preprocess(
	nothing,
	z.coerce.number('must be a number').positive('must be more than nothing').max(1_000_000).nullable()
);

/** How much may be kept; without a number there is no limit but the disk's. */
export const fileLimitsInput = z.strictObject({
	/** The largest single file. */
	fileMegabytes: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(1, 'must be 1 at least')
		.max(5120, 'may be 5120 at most'),
	personGigabytes: gigabytes,
	allGigabytes: gigabytes
});
export type FileLimitsInput = z.output<typeof fileLimitsInput>;
