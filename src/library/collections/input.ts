import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, none, orNone, tags, version } from '#src/core/items/input.ts';
import { itemKinds } from '#src/core/items/kinds.ts';

const names = itemKinds.map(({ kind }) => kind);
const split = (value: unknown) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value);

/** A form sends kinds as ticked boxes, joined by commas. */
const kinds = z.preprocess(
	split,
	z
		.array(z.enum(names, 'is not a kind of thing that is here'))
		.max(20)
		.default([])
		.transform((list) => [...new Set(list)])
);

const rule = {
	ruleKinds: kinds,
	ruleTags: tags,
	ruleSpaceId: orNone(id),
	ruleHelped: z.preprocess(
		none,
		z.coerce
			.number('must be a number')
			.int('must be a whole number')
			.min(0, 'must be 0 or more')
			.max(100_000, 'may be 100,000 at most')
			.default(0)
	)
};
export type RuleInput = z.output<z.ZodObject<typeof rule>>;

const about = { title: line(200, 3), bodyMd: z.string().default('').pipe(markdown(0)), tags };

export const newCollection = z.strictObject({
	...about,
	spaceId: id,
	chosen: z.enum(['hand', 'rule'], 'must be hand or rule').default('hand'),
	...rule,
	/** What it begins with. */
	itemId: orNone(itemId),
	submission
});
export type NewCollection = z.output<typeof newCollection>;

export const collectionEdit = z.strictObject({ ...about, ...rule, note: line(200, 0).default(''), version });
export type CollectionEdit = z.output<typeof collectionEdit>;

const why = line(200, 0).default('');

/** An item's id, or the address of its page; and why it is here. */
export const newEntry = z.strictObject({ itemId, note: why });
export type NewEntry = z.output<typeof newEntry>;

export const entryOf = z.strictObject({ itemId });

/** A line on why it is here, or one place up or down. */
export const entryChange = z.strictObject({
	note: line(200, 0).optional(),
	move: z.enum(['up', 'down'], 'must be up or down').optional()
});
export type EntryChange = z.output<typeof entryChange>;
