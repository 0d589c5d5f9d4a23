import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, orNone, tags, version } from '#src/core/items/input.ts';
import { contexts } from './ranking.ts';

const whole = (min: number, max: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(min, `must be ${min} at least`)
		.max(max, `may be ${max} at most`);
const year = whole(1900, 9999);
const day = orNone(z.iso.date('must be a day, such as 2030-03-12'));

const settings = {
	title: line(200, 1),
	bodyMd: markdown(0).default(''),
	tags,
	year,
	/** So many choices a ballot may hold, the best first. */
	most: whole(1, 10).default(5),
	/** So many places the result shows. */
	places: whole(3, 200).default(100),
	closesOn: day
};

export const newRanking = z.strictObject({ spaceId: id, ...settings, submission });
export type NewRanking = z.output<typeof newRanking>;

export const rankingEdit = z.strictObject({ ...settings, note: line(200, 0).default(''), version });
export type RankingEdit = z.output<typeof rankingEdit>;

/** The same ranking in another year. */
export const newYear = z.strictObject({ year, submission });
export type NewYear = z.output<typeof newYear>;

export const statusChange = z.strictObject({ status: z.enum(['voting', 'closed'], 'must be voting or closed') });

export const newNomination = z.strictObject({
	name: line(80, 1),
	why: line(600, 1),
	context: z.enum(contexts, 'must be one of the four'),
	submission
});
export type NewNomination = z.output<typeof newNomination>;

/** What a person votes for, the best first: tools by their ids. */
export const newBallot = z.strictObject({
	choices: z.array(id).min(1, 'are missing: choose one at least').max(10, 'are too many'),
	submission
});
export type NewBallot = z.output<typeof newBallot>;

/** That a tool is the same as another, and how one knows. */
export const toolMerge = z.strictObject({ into: id, why: line(300, 1) });
export type ToolMerge = z.output<typeof toolMerge>;

/** From the second release on `note` says what was put right. */
export const newRelease = z.strictObject({ note: line(300, 0).default(''), submission });
export type NewRelease = z.output<typeof newRelease>;
