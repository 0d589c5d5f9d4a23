import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** What a feed is of: a space or a person by id, a tag by its name, a search by its words. */
export const feedOf = z.strictObject({
	kind: z.string('is needed').regex(/^[a-z-]{1,30}$/, 'is not a kind of feed'),
	target: line(1000)
});
export type FeedOf = z.output<typeof feedOf>;

/** A calendar is there of what has days and hours, such as the programme of a space. */
export const feedFormat = z.enum(['atom', 'json', 'ics'], 'must be atom, json or ics');
export type FeedFormat = z.output<typeof feedFormat>;
