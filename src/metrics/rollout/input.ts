import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, tags, version } from '#src/core/items/input.ts';
import { day } from '../input.ts';
import { canTell } from '../statistics/wedge.ts';
import { FEWEST_PLACES, MOST_PLACES } from './rollout.ts';

const count = (least: number, most: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(least, `must be ${least} at least`)
		.max(most, `may be ${most} at most`);

/** Ids of figures: a list, or parted by commas as a form sends them. */
const places = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
	z
		.array(id, 'are needed')
		.min(FEWEST_PLACES, `must be ${FEWEST_PLACES} at least: with fewer, chance cannot be told from what was done`)
		.max(MOST_PLACES, `may be ${MOST_PLACES} at most`)
		.refine((ids) => new Set(ids).size === ids.length, 'must each stand there once')
);

const settings = {
	title: line(200, 1),
	/** What comes to the places, and how. */
	bodyMd: z.string().default('').pipe(markdown(0)),
	tags,
	places,
	startsOn: day,
	steps: count(2, MOST_PLACES),
	stepPeriods: count(1, 366),
	basePeriods: count(1, 366)
};

function telling({ places, steps }: { places: string[]; steps: number }, context: z.RefinementCtx): void {
	const tell = (message: string) => context.addIssue({ code: 'custom', path: ['steps'], message });
	if (steps > places.length) tell(`may be ${places.length} at most: one for each place`);
	else if (!canTell(places.length, steps))
		tell('must be more: so few orders could be drawn that chance could never be ruled out');
}

/** A roll-out as it is planned. */
export const newRollout = z.strictObject({ spaceId: id, ...settings, submission }).superRefine(telling);
export type NewRollout = z.output<typeof newRollout>;

export const rolloutEdit = z
	.strictObject({ ...settings, note: line(200, 0).default(''), version })
	.superRefine(telling);
export type RolloutEdit = z.output<typeof rolloutEdit>;

/** Where what was done differs from what was drawn. */
export const newDeparture = z.strictObject({
	place: id,
	/** From when on they really had it; none where they never did. */
	beganOn: z.preprocess((value) => (value === '' || value === null ? undefined : value), day.optional()),
	why: line(300, 1)
});
export type NewDeparture = z.output<typeof newDeparture>;
