import { z } from 'zod';
import { paging } from '#src/core/api/server/page.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, version } from '#src/core/items/input.ts';

/** A form sends an empty choice as an empty text. */
const none = (value: unknown) => (value === '' || value === null ? undefined : value);

const text = (max: number) =>
	z
		.string()
		.default('')
		.pipe(markdown(0))
		.pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));

export const tipKinds = ['tip', 'term', 'technique', 'fact', 'figure'] as const;

const about = { title: line(200, 1), about: text(1000) };

/** A series that is begun: its tips come after. */
export const newDrip = z.strictObject({ ...about, spaceId: id, submission });
export type NewDrip = z.output<typeof newDrip>;

export const dripEdit = z.strictObject({ ...about, version });
export type DripEdit = z.output<typeof dripEdit>;

/** Longer than it may be published: nothing that was typed is lost while it is made short. */
const tip = {
	kind: z.enum(tipKinds, `must be one of ${tipKinds.join(', ')}`).default('tip'),
	title: line(150, 0).default(''),
	body: text(4000)
};

export const newTip = z.strictObject({ ...tip, submission });
export type NewTip = z.output<typeof newTip>;

export const tipEdit = z.strictObject({ ...tip, version });
export type TipEdit = z.output<typeof tipEdit>;

/** Its place in the series, counted from 1. */
export const place = z.strictObject({
	to: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be 1 at least').max(1000)
});

export const coAuthor = z.strictObject({ person: id });

export const dripFilter = z.strictObject({ ...paging.shape, space: z.preprocess(none, id.optional()) });
export type DripFilter = z.output<typeof dripFilter>;
