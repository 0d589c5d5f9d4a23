import { z } from 'zod';
import { checkbox, id, line, none, orNone, tag, words } from '#src/core/items/input.ts';
import { deeds, places } from './rule.ts';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';

const address = z
	.string('is needed')
	.trim()
	.min(1, 'is needed')
	.max(LONGEST_URL, `may have ${LONGEST_URL} characters at most`)
	.refine((text) => parseUrl(text) !== undefined, 'must be the address of a page or a feed');

/** A page or a feed, as somebody types or pastes it. */
export const sought = z.strictObject({ url: address });
export type Sought = z.output<typeof sought>;

export const newSubscription = z.strictObject({
	url: address,
	/** The space whose members read it; without one it is the person's own. */
	spaceId: orNone(id),
	title: line(200, 0).default(''),
	folder: line(60, 0).default('')
});
export type NewSubscription = z.output<typeof newSubscription>;

export const subscriptionEdit = z.strictObject({ title: line(200, 0).default(''), folder: line(60, 0).default('') });
export type SubscriptionEdit = z.output<typeof subscriptionEdit>;

/** How long a feed of a space stays away from one member: a number of days, or for good. */
export const mute = z.strictObject({
	days: z.preprocess(
		none,
		z.coerce.number('must be a number of days').int('must be a whole number').min(1).max(3650).optional()
	)
});
export type Mute = z.output<typeof mute>;

/** Which entries, and in what order. */
const chosen = {
	subscription: orNone(id),
	folder: orNone(words(60)),
	space: orNone(id),
	/** One that a rule gave. */
	tag: orNone(tag)
};
export const entryFilter = z.strictObject({
	...chosen,
	/** `hidden`: what rules have hidden. */
	show: z.enum(['unread', 'all', 'hidden'], 'must be unread, all or hidden').default('unread'),
	/** `rare`: voices that speak seldom stay up longer. `newest`: by time alone. */
	order: z.enum(['rare', 'newest'], 'must be rare or newest').default('rare'),
	cursor: z.string().max(300).optional(),
	limit: z.coerce.number('must be a number').int().min(1).max(100).default(30)
});
export type EntryFilter = z.output<typeof entryFilter>;

export const readMark = z.strictObject({
	ids: z.preprocess(
		(value) => (typeof value === 'string' ? value.split(',') : value),
		z.array(id).min(1, 'needs at least one').max(500, 'may have 500 at most')
	),
	read: checkbox.default(true)
});
export type ReadMark = z.output<typeof readMark>;

/** Everything that is listed and was found by then; nothing newer that came in between. */
export const markAll = z.strictObject({
	...chosen,
	until: z.iso.datetime({ offset: true, error: 'must be a time' })
});
export type MarkAll = z.output<typeof markAll>;

/** What another reader exports. */
export const opmlText = z.strictObject({
	opml: words(500_000).min(1, 'is needed')
});

/** What `markAll` gave. */
export const undo = z.strictObject({ batch: id });

/** Two stories taken for one: which telling stands alone, and whether for all who read it. */
export const parting = z.strictObject({ telling: id, forAll: checkbox.default(false) });
export const partingFor = parting.omit({ telling: true });
export type Parting = z.output<typeof parting>;

/** Words and phrases, parted by commas or lines where a form sends them. */
const terms = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(/[,\n]+/).filter((term) => term.trim()) : value),
	z
		.array(line(60).regex(/[\p{L}\p{N}]/u, 'must hold letters or digits'))
		.min(1, 'is needed')
		.max(20, 'may have 20 at most')
		.transform((terms) => [...new Set(terms)])
);

const ruleFields = {
	/** Any of them is enough; a star at the end takes words that begin so. */
	words: terms,
	place: z.enum(places, 'must be anywhere or title').default('anywhere'),
	deed: z.enum(deeds, 'must be hide, read, top or tag'),
	/** For the deed `tag`. */
	tag: orNone(tag)
};
const needsTag = ({ deed, tag }: { deed: string; tag?: string }) => deed !== 'tag' || tag !== undefined;
const noTag = { path: ['tag'], error: 'is needed where entries are tagged' };

/** What is done with entries that hold certain words. */
export const ruleEdit = z.strictObject(ruleFields).refine(needsTag, noTag);
export type RuleEdit = z.output<typeof ruleEdit>;

/** Without a space it is the person's own. */
export const newRule = z.strictObject({ ...ruleFields, spaceId: orNone(id) }).refine(needsTag, noTag);
export type NewRule = z.output<typeof newRule>;
