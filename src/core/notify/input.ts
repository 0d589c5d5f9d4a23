import { z } from 'zod';
import { id, words } from '#src/core/items/input.ts';

const kind = words(60);
const ids = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
	z.array(id).min(1, 'is needed').max(200)
);

/** Which notifications; all of them where none is named. */
export const noticeIds = z.strictObject({ ids: ids.optional() });
export const noticeFilter = z.strictObject({
	show: z.enum(['all', 'unread'], 'must be all or unread').default('all'),
	kind: kind.optional(),
	cursor: z.string().max(300).optional()
});
export const oneKind = z.strictObject({ kind });
export const oneItem = z.strictObject({ item: id });

/** Until when nothing is to be heard: a few plain choices. */
export const pauseFor = z.strictObject({
	for: z.enum(['today', 'week', 'fortnight', 'off'], 'must be today, week, fortnight or off')
});

export const mailChoice = z.enum(['now', 'digest', 'never'], 'must be now, digest or never');
