import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown, orNone, version } from '#src/core/items/input.ts';
import { paging } from '#src/core/api/server/page.ts';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';

const address = z
	.string('is needed')
	.trim()
	.min(1, 'is needed')
	.max(LONGEST_URL, 'may have 2,000 characters at most')
	.refine(
		(text) => parseUrl(text) !== undefined,
		'must be the address of a web page, such as https://example.org/page'
	);

/** A day of the calendar: odd ones are told of, but it must be one. */
const day = orNone(z.iso.date('must be a day, such as 2030-03-12'));
const month = z
	.string('is needed')
	.regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'must be a month, such as 2030-03')
	.refine((text) => text >= '1900', 'must be a month since 1900');
const year = z.coerce.number('must be a year').int('must be a year').min(1900).max(9999);
const text = (max: number) =>
	z
		.string()
		.default('')
		.pipe(markdown(0))
		.pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));

const facts = {
	title: line(300, 0).default(''),
	author: line(200, 0).default(''),
	site: line(200, 0).default(''),
	publishedOn: day
};
/** What struck the finder. */
const note = text(1000);

/** A link that was found: into one's own list of the year, or that of a space. */
export const newFind = z.strictObject({
	url: address,
	...facts,
	/** Today, unless told. */
	foundOn: day,
	note,
	spaceId: orNone(id)
});
export type NewFind = z.output<typeof newFind>;

export const findEdit = z.strictObject({
	...facts,
	foundOn: z.iso.date('must be a day, such as 2030-03-12'),
	note,
	version
});
export type FindEdit = z.output<typeof findEdit>;

/** The finds of a shelf in a year; one's own, and this year, unless told. */
export const findFilter = z.strictObject({
	shelf: orNone(id),
	year: orNone(year)
});
export type FindFilter = z.output<typeof findFilter>;

/** The list of a month: one's own, to be read in a space; or that of a space. */
export const newList = z.strictObject({
	month,
	of: z.enum(['me', 'space'], 'must be me or space').default('me'),
	/** Where it will be read. */
	spaceId: id
});
export type NewList = z.output<typeof newList>;

/** Ten is the habit; other counts are as good. */
const wanted = z.coerce
	.number('must be a number')
	.int('must be a whole number')
	.min(1, 'must be 1 at least')
	.max(50, 'may be 50 at most')
	.default(10);

export const listEdit = z.strictObject({
	title: line(200, 1),
	opening: text(5000),
	closing: text(5000),
	wanted,
	spaceId: orNone(id),
	version
});
export type ListEdit = z.output<typeof listEdit>;

export const newPick = z.strictObject({ findId: id });

export const pickEdit = z.strictObject({
	before: text(2000),
	why: text(3000),
	quote: text(800),
	lesson: checkbox.default(false),
	version
});
export type PickEdit = z.output<typeof pickEdit>;

/** Its place in the list, counted from 1. */
export const place = z.strictObject({
	to: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be 1 at least').max(1000)
});

/** What is published: with a line on what is new where it was published before. */
export const newEdition = z.strictObject({
	update: text(500),
	/** A page to follow up with. */
	url: orNone(address),
	/** The address of the entry the update is about. */
	about: z.string().max(LONGEST_URL).default(''),
	submission
});
export type NewEdition = z.output<typeof newEdition>;

export const listFilter = z.strictObject({ ...paging.shape, shelf: orNone(id) });
export type ListFilter = z.output<typeof listFilter>;

/** Whether it changed how the reader works. */
export const changeAnswer = z.strictObject({
	changed: z.preprocess(
		(value) => (value === 'yes' ? true : value === 'no' ? false : value),
		z.boolean('must be yes or no')
	)
});

/** Nothing of these lists for so many days; 0 ends it. */
export const snooze = z.strictObject({
	days: z.coerce.number('must be a number').int('must be a whole number').min(0).max(366)
});
