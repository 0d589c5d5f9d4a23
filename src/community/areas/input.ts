import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, version } from '#src/core/items/input.ts';
import { duties } from './area.ts';

const about = {
	name: line(80, 2),
	purpose: markdown(0).pipe(z.string().max(500, 'may have 500 characters at most')).default('')
};

/** A form sends several as one text, parted by commas. */
const several = (value: unknown) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value);

/** An area, with the spaces it begins with. */
export const newArea = z.strictObject({
	...about,
	spaceIds: z.preprocess(several, z.array(id).max(100, 'may have 100 at most').default([])),
	submission
});
export type NewArea = z.output<typeof newArea>;

export const areaEdit = z.strictObject({ ...about, version });
export type AreaEdit = z.output<typeof areaEdit>;

const chosen = z.preprocess(
	several,
	z
		.array(z.enum(duties, 'must be of the list'))
		.max(20, 'may have 20 at most')
		.transform((list) => [...new Set(list)])
);
const ownWords = line(120, 0);
const NOTHING = 'is needed: choose from the list, or say it in your own words';

/** What somebody is asked to take on. */
export const areaOffer = z
	.strictObject({ duties: chosen.default([]), ownWords: ownWords.default('') })
	.refine(({ duties, ownWords }) => duties.length > 0 || ownWords !== '', { path: ['ownWords'], message: NOTHING });
export type AreaOffer = z.output<typeof areaOffer>;

/** What somebody takes on; as it was offered, where neither is given. */
export const areaShare = z
	.strictObject({ duties: chosen.optional(), ownWords: ownWords.optional() })
	.refine(({ duties, ownWords }) => (duties ?? ['some']).length > 0 || Boolean(ownWords), {
		path: ['ownWords'],
		message: NOTHING
	});
export type AreaShare = z.output<typeof areaShare>;
