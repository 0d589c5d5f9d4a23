import { z } from 'zod';
import { id, line, words } from '#src/core/items/input.ts';

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

const bytes = (count: number) =>
	z
		.string('is needed')
		.regex(/^[A-Za-z0-9_-]+=*$/, 'must be base64url')
		.refine((text) => Buffer.from(text, 'base64url').length === count, `must be ${count} bytes`);

/** A device as its browser describes it (PushSubscription). */
export const newDevice = z.strictObject({
	endpoint: z.url('must be an address').max(2000, 'may have 2,000 characters at most'),
	p256dh: bytes(65).refine((text) => Buffer.from(text, 'base64url')[0] === 4, 'must be a public key'),
	auth: bytes(16),
	name: line(80).default('A browser')
});
export type NewDevice = z.output<typeof newDevice>;
