import { z } from 'zod';
import { paging } from '#src/core/api/server/page.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, itemId, line, markdown, none, orNone, tags, version } from '#src/core/items/input.ts';
import { parseUrl } from '#src/core/web/url.ts';
import { every, FEWEST_PEOPLE, LARGEST } from './metric.ts';

const bound = z.preprocess(
	none,
	z.coerce.number('must be a number').min(-LARGEST, 'is too small').max(LARGEST, 'is too large').optional()
);

const settings = {
	title: line(200, 1),
	/** The definition: what is counted, and what not. */
	bodyMd: z.string().default('').pipe(markdown(0)),
	tags,
	unit: line(40, 1),
	better: z.enum(['more', 'less'], 'must be more or less'),
	every: z.enum(every, 'must be day, week, month or quarter'),
	counts: z.enum(['work', 'activity'], 'must be work or activity').default('work'),
	people: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(FEWEST_PEOPLE, `must be ${FEWEST_PEOPLE} at least: no figure here is about one person or a few`)
		.max(10_000_000, 'is too large'),
	least: bound,
	most: bound,
	zone: z
		.string()
		.trim()
		.max(64)
		.refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), 'is not a time zone')
		.default('UTC')
};

const ordered = ({ least, most }: { least?: number; most?: number }) =>
	least === undefined || most === undefined || least < most;
const ORDERED = { path: ['most'], message: 'must be more than the least' };

export const newMetric = z.strictObject({ spaceId: id, ...settings, submission }).refine(ordered, ORDERED);
export type NewMetric = z.output<typeof newMetric>;

export const metricEdit = z
	.strictObject({ ...settings, note: line(200, 0).default(''), version })
	.refine(ordered, ORDERED);
export type MetricEdit = z.output<typeof metricEdit>;

/** Who answers for a figure from now on. */
export const handover = z.strictObject({ ownerId: id });

const how = {
	/** How numbers are written: `1,234.5` or `1.234,5`. */
	decimal: z.enum(['point', 'comma'], 'must be point or comma').default('point'),
	/** Whether a value takes the place of another one of the same period. */
	replace: checkbox.default(false)
};

/** Values as lines of text: typed, or what a file holds. */
export const typedValues = z.strictObject({
	values: z.string('are needed').max(2_000_000, 'may have 2,000,000 characters at most').default(''),
	...how
});

/** Values as the API takes them. */
export const givenValues = z.strictObject({
	values: z
		.array(
			z.strictObject({
				/** `2030-03-12`, `2030-03`, `2030-W11`, `2030-Q1`, or the moment the day begins. */
				day: z.string().max(60, 'may have 60 characters at most'),
				value: z.union([z.number(), z.string().max(60, 'may have 60 characters at most')], 'must be a number'),
				unit: z.string().max(60, 'may have 60 characters at most').optional()
			})
		)
		.min(1, 'are needed')
		.max(20_000, 'may be 20,000 at most'),
	...how
});
export type GivenValues = z.output<typeof givenValues>;

/** A day of the calendar. */
export const day = z.iso
	.date('must be a day, such as 2030-03-12')
	.refine((text) => text >= '1900', 'must be since 1900');

/** What was done: its day, a line, and the address of what it is about. */
export const newMark = z.strictObject({
	day,
	label: line(120, 1),
	about: orNone(itemId)
});
export type NewMark = z.output<typeof newMark>;

/** Which values the table shows. */
export const pointFilter = z.strictObject({
	/** Those before this day. */
	before: orNone(day)
});

export const asideFilter = z.strictObject(paging.shape);

/** Which effect is asked for: since which mark (the last one unless told), and against which other figure. */
export const effectFilter = z.strictObject({
	mark: orNone(id),
	against: orNone(id)
});
export type EffectFilter = z.output<typeof effectFilter>;

const hours = z.coerce
	.number('must be a number')
	.int('must be a whole number')
	.min(1, 'must be 1 at least')
	.max(744, 'may be 744 at most');
/** `data.rows`: names of fields, one in the other. */
const path = (max: number) =>
	z
		.string()
		.trim()
		.max(max, `may have ${max} characters at most`)
		.regex(/^[^\s]*$/, 'must be names parted by dots');

/** Values that are pulled from an address that answers with JSON. */
export const newPage = z.strictObject({
	url: z
		.string('is needed')
		.trim()
		.max(2000, 'may have 2,000 characters at most')
		.refine((text) => parseUrl(text) !== undefined, 'must be an address such as https://example.org/counts.json'),
	/** What is sent as `Authorization`, such as `Bearer …`. */
	authorization: line(2000, 0).default(''),
	/** Where the list is, and in it the day and the value. */
	list: path(200).default(''),
	dayField: path(100).default('day'),
	valueField: path(100).default('value'),
	everyHours: hours.default(24)
});
export type NewPage = z.output<typeof newPage>;

const DATABASE = 'must be like postgres://reader:password@db.example.org/shop, or mysql://…';

/** Values that are pulled from a PostgreSQL, MySQL or MariaDB database. */
export const newQuery = z.strictObject({
	/** `postgres://reader:password@db.example.org:5432/shop`, `mysql://…`, `mariadb://…` */
	database: z
		.string('is needed')
		.trim()
		.max(2000, 'may have 2,000 characters at most')
		.regex(/^(postgres(ql)?|mysql|mariadb):\/\/[^\s/]+\/[^\s]+$/, DATABASE)
		.refine((text) => URL.canParse(text), DATABASE),
	query: z
		.string('is needed')
		.trim()
		.regex(/^(select|with)\b/i, 'must begin with select or with')
		.max(20_000, 'may have 20,000 characters at most')
		.refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds characters that cannot be sent'),
	everyHours: hours.default(24)
});
export type NewQuery = z.output<typeof newQuery>;
