import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** What a feed is of: a space or a person by id, a tag by its name, a search by its words. */
export const feedOf = z.strictObject({
	kind: z.string('is needed').regex(/^[a-z-]{1,30}$/, 'is not a kind of feed'),
	target: line(1000)
});
export type FeedOf = z.output<typeof feedOf>;

export const feedFormat = z.enum(['atom', 'json'], 'must be atom or json');
