import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown } from '#src/core/items/input.ts';

const about = {
	name: line(80, 2),
	purpose: markdown(0).pipe(z.string().max(500, 'may have 500 characters at most')).default(''),
	access: z.enum(['open', 'closed', 'secret'], 'must be open, closed or secret')
};

export const newSpace = z.strictObject({
	...about,
	kind: z.enum(['team', 'community', 'interest'], 'must be team, community or interest'),
	submission
});
export type NewSpace = z.output<typeof newSpace>;

export const spaceSettings = z.strictObject({ ...about, allowAnonymous: checkbox.default(false) });
export type SpaceSettings = z.output<typeof spaceSettings>;

export const joinRequest = z.strictObject({ message: line(300, 0).default('') });
export const requestAnswer = z.strictObject({ personId: id, approve: checkbox });
export const newMember = z.strictObject({ personId: id });
export const spaceRole = z.strictObject({
	personId: id,
	role: z.enum(['member', 'steward'], 'must be member or steward')
});
