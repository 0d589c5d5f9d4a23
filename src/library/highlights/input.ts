import { z } from 'zod';
import { id, itemId } from '#src/core/items/input.ts';

/** An item's id, or the address of its page. */
export const pin = z.strictObject({ itemId });

export const helpfulFilter = z.strictObject({
	space: id.optional(),
	limit: z.coerce.number('must be a number').int('must be a whole number').min(1).max(50).default(10)
});
export type HelpfulFilter = z.output<typeof helpfulFilter>;
