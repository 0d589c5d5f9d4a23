import { z } from 'zod';
import { results } from './story.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown, tags, version } from '#src/core/items/input.ts';

const part = markdown(1).pipe(z.string().max(10_000, 'may have 10,000 characters at most'));

/** What stands in place of a name, or `keep` for the name itself; keyed by the name as it is written. */
const masks = z.record(z.string().max(200), line(60, 1)).default({});

const told = {
	title: line(200, 8),
	...{ situation: part, tried: part, happened: part, again: part },
	result: z.enum(results, 'must be worked, partly or did_not_work'),
	tags,
	masks
};

export const newStory = z.strictObject({ ...told, spaceId: id, anonymous: checkbox.default(false), submission });
export type NewStory = z.output<typeof newStory>;

export const storyEdit = z.strictObject({ ...told, note: line(200, 0).default(''), version });
export type StoryEdit = z.output<typeof storyEdit>;

/** A form sends each decision as a field of its own, `mask:Ms Miller`. */
export function withMasks(values: Record<string, string>): Record<string, unknown> {
	const fields = Object.entries(values);
	return {
		...Object.fromEntries(fields.filter(([name]) => !name.startsWith('mask:'))),
		masks: Object.fromEntries(
			fields.filter(([name]) => name.startsWith('mask:')).map(([name, value]) => [name.slice(5), value])
		)
	};
}
