import { z } from 'zod';

/** What turns something off: a kind of notification, or another way with the id of its item. */
export const reachedName = z.strictObject({
	name: z
		.string('is needed')
		.max(100)
		.regex(/^[a-z_]+\.[a-z0-9_-]+$/, 'is nothing that can be turned off')
});
