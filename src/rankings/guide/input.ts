import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown } from '#src/core/items/input.ts';

const LARGE_HEADING = /^ {0,3}(#{1,2}(\s|$)|(=+|-+)\s*$)/m;

/** A part of an entry: its own headings are smaller than those of the entry. */
const part = (max: number, min = 0) =>
	z
		.string('is needed')
		.default('')
		.pipe(markdown(min))
		.pipe(
			z
				.string()
				.max(max, `may have ${max.toLocaleString('en')} characters at most`)
				.refine((text) => !LARGE_HEADING.test(text), 'may hold small headings only: ###')
		);

export const entryEdit = z.strictObject({
	summary: part(2000, 1),
	features: part(6000),
	own_work: part(6000),
	learning: part(6000),
	teaching: part(6000),
	together: part(6000),
	/** In the part that all who read the ranking may read; it counts when the entry is begun. */
	sample: checkbox.default(false),
	note: line(200, 0).default(''),
	/** The version the editor started from; 0 for an entry that is not there yet. */
	version: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(0, 'must be 0 at least')
		.max(2_147_483_647, 'is too large')
		.default(0)
});
export type EntryEdit = z.output<typeof entryEdit>;

/** Where the Guide stands: the ranking's own space, or another whose members read it. */
export const newGuide = z.strictObject({ spaceId: id });

export const newGuideEdition = z.strictObject({ name: line(60, 1), submission });
export type NewGuideEdition = z.output<typeof newGuideEdition>;

/** A year, as long as nothing else is told. */
export const newAccess = z.strictObject({
	person: id,
	days: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(1, 'must be 1 at least')
		.max(3660, 'may be 3660 at most')
		.default(365),
	submission
});
export type NewAccess = z.output<typeof newAccess>;
