import { z } from 'zod';

/** A signed proof as text: a JWT, or a credential in JSON. */
export const proofText = z.strictObject({
	text: z.string('is needed').trim().min(1, 'is needed').max(60_000, 'may have 60,000 characters at most')
});
