import { z } from 'zod';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';
import { paging } from '#src/core/api/server/page.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown, none, orNone, version } from '#src/core/items/input.ts';

const text = (max: number) =>
	z
		.string()
		.default('')
		.pipe(markdown(0))
		.pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));

export const tipKinds = ['tip', 'term', 'technique', 'fact', 'figure'] as const;

const about = {
	title: line(200, 1),
	about: text(1000),
	/** While somebody is in its middle, nothing else of its authors is sent to them. */
	alone: checkbox.default(false)
};

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

/** With `wrong`, what was wrong with a published tip: whoever got a version from `since` on is told. */
export const tipEdit = z.strictObject({
	...tip,
	version,
	wrong: line(300, 0).default(''),
	since: z.preprocess(none, version.default(1))
});
export type TipEdit = z.output<typeof tipEdit>;

/** Its place in the series, counted from 1. */
export const place = z.strictObject({
	to: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be 1 at least').max(1000)
});

export const coAuthor = z.strictObject({ person: id });

const list = (value: unknown) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value);
const isoDay = z.coerce.number('must be a day').int('must be a day').min(1, 'must be 1 to 7').max(7, 'must be 1 to 7');
const byDefault = checkbox.default(false);

/** How tips are to come: daily, weekly on a day, on chosen days, or every so many working days. */
export const coming = z
	.strictObject({
		rhythm: z.enum(['daily', 'weekly', 'days', 'every'], 'must be daily, weekly, days or every').default('daily'),
		/** For `weekly`: an ISO day, Monday is 1. */
		day: z.preprocess(none, isoDay.default(1)),
		/** For `days`. */
		days: z.preprocess(list, z.array(isoDay).max(7, 'may have seven at most').default([])),
		/** For `every`. */
		every: z.preprocess(
			none,
			z.coerce
				.number('must be a number')
				.int('must be a whole number')
				.min(1, 'must be 1 at least')
				.max(20, 'may be 20 at most')
				.default(2)
		),
		/** The time of day, such as 08:30; the beginning of one's work unless told. */
		at: z.preprocess(
			none,
			z
				.string()
				.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time, such as 08:30')
				.optional()
		),
		...{ mail: byDefault, feed: byDefault, chat: byDefault }
	})
	.refine(({ rhythm, days }) => rhythm !== 'days' || days.length > 0, {
		path: ['days'],
		message: 'need one day at least'
	})
	.transform(({ rhythm, day, days, every, at, ...ways }) => ({
		...ways,
		days: rhythm === 'weekly' ? [day] : rhythm === 'days' ? [...new Set(days)].sort() : [],
		every: rhythm === 'every' ? every : 1,
		minute: at === undefined ? null : Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
	}));
export type ComingWish = z.output<typeof coming>;

export const pace = z.strictObject({ pace: z.enum(['slower', 'faster'], 'must be slower or faster') });

/** Nothing for so many days; 0 ends it. */
export const pauseFor = z.strictObject({
	days: z.coerce.number('must be a number').int('must be a whole number').min(0).max(366, 'may be 366 at most')
});

/** Where a chat takes messages: an incoming webhook. */
export const chatAddress = z.strictObject({
	address: z
		.string('is needed')
		.trim()
		.max(LONGEST_URL, 'may have 2,000 characters at most')
		.refine(
			(text) => parseUrl(text) !== undefined,
			'must be an address of the web, such as https://chat.example/hooks/1'
		)
});

export const dripFilter = z.strictObject({ ...paging.shape, space: orNone(id) });
export type DripFilter = z.output<typeof dripFilter>;
