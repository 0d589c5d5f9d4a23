import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown, none, orNone, tags, version } from '#src/core/items/input.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { causeAnswers, causeNames } from './causes.ts';

/** A number from 0 on, such as money, hours or minutes. */
const amount = (max: number) =>
	z.coerce
		.number('must be a number')
		.min(0, 'must be 0 or more')
		.max(max, `may be ${max.toLocaleString('en')} at most`);
const whole = (min: number, max: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(min, `must be ${min.toLocaleString('en')} at least`)
		.max(max, `may be ${max.toLocaleString('en')} at most`);
/** Not told means none. */
const orZero = (max: number) => z.preprocess(none, amount(max).default(0));

const text = (max: number, min = 0) =>
	markdown(min).pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));
const plain = (max: number) => z.string().default('').pipe(text(max));

const stated = {
	/** The problem in one line. */
	title: line(200, 8),
	/** What happens. */
	bodyMd: text(20_000, 1),
	/** Whose work it is. */
	who: line(300),
	wanted: text(2000, 1),
	/** The figure of the work that shows it. */
	figure: line(300, 0).default(''),
	tags
};

export const newNeed = z.strictObject({ ...stated, spaceId: id, submission });
export type NewNeed = z.output<typeof newNeed>;

export const needEdit = z.strictObject({ ...stated, note: line(200, 0).default(''), version });
export type NeedEdit = z.output<typeof needEdit>;

/** What the problem costs; what is left out is not known. */
export const costsEdit = z.strictObject({
	people: orNone(whole(1, 1_000_000)),
	timesMonth: orNone(amount(1e9)),
	minutesEach: orNone(amount(1e6)),
	hourCost: orNone(amount(1e9)),
	otherMonth: orNone(amount(1e12)),
	currency: z
		.string()
		.trim()
		.toUpperCase()
		.regex(/^[A-Z]{3}$/, 'must be three letters, such as EUR')
		.default('EUR'),
	version
});
export type CostsEdit = z.output<typeof costsEdit>;

export const causeName = z.enum(causeNames, 'must be one of the six causes');

/** What was found out about a cause. `version` is 0 where nobody has written about it yet. */
export const causeEdit = z
	.strictObject({
		answer: z.enum(causeAnswers, 'must be yes, partly, no or unknown'),
		shows: plain(3000),
		version: whole(0, 2_147_483_647)
	})
	.refine(({ answer, shows }) => (answer !== 'yes' && answer !== 'partly') || shows.trim() !== '', {
		path: ['shows'],
		message: 'is needed: a cause is never assumed'
	});
export type CauseEdit = z.output<typeof causeEdit>;

const estimate = {
	moneyOnce: orZero(1e12),
	moneyMonth: orZero(1e12),
	hoursMake: amount(1e6),
	minutesEach: orZero(1e6),
	days: whole(0, 3650),
	share: whole(1, 100)
};
const path = {
	cause: causeName,
	title: line(200, 3),
	about: plain(2000),
	quick: checkbox.default(false),
	...estimate,
	chosen: checkbox.default(false)
};

/** What could be done: never without what it costs and how long it takes. */
export const newPath = z.strictObject({ ...path, submission });
export type NewPath = z.output<typeof newPath>;
export const pathEdit = z.strictObject({ ...path, version });
export type PathEdit = z.output<typeof pathEdit>;

/** Records what the analysis came to. */
export const newConclusion = z.strictObject({
	decision: z.enum(['act', 'leave'], 'must be act or leave'),
	summary: text(3000, 1),
	/** Why there is no quick fix, where none is among the paths. */
	noQuick: plain(500),
	submission
});
export type NewConclusion = z.output<typeof newConclusion>;

export const newEditor = z.strictObject({ person: z.uuid('must be somebody who reads the space') });

export const needFilter = z.strictObject({
	...itemFilter.shape,
	show: z.enum(['open', 'concluded', 'all'], 'must be open, concluded or all').default('all')
});
export type NeedFilter = z.output<typeof needFilter>;
