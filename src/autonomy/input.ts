import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** What turns something off: a kind of notification, or another way with the id of its item. */
export const reachedName = z.strictObject({
	name: line(100)
});
