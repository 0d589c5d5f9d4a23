import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, tags, version } from '#src/core/items/input.ts';

export const newPage = z.strictObject({ spaceId: id, title: line(200, 1), bodyMd: markdown(1), tags, submission });
export type NewPage = z.output<typeof newPage>;

export const pageEdit = z.strictObject({
	title: line(200, 1),
	bodyMd: markdown(1),
	tags,
	note: line(200, 0).default(''),
	version
});
export type PageEdit = z.output<typeof pageEdit>;
