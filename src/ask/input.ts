import { z } from 'zod';
import { id, line, markdown, tags, version } from '#src/core/items/input.ts';

/** A form sends a ticked box as "on"; the API sends a boolean. */
const checkbox = z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean());

export const newQuestion = z.strictObject({
	spaceId: id,
	title: line(200, 8),
	bodyMd: markdown(0).default(''),
	tags,
	anonymous: checkbox.default(false)
});
export type NewQuestion = z.output<typeof newQuestion>;

export const questionEdit = z.strictObject({
	title: line(200, 8),
	bodyMd: markdown(0),
	tags,
	note: line(200, 0).default(''),
	version
});

export const newAnswer = z.strictObject({ bodyMd: markdown(1) });
export type NewAnswer = z.output<typeof newAnswer>;
