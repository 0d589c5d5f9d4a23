import type { Operation } from './operations.ts';
import { roles, type Role, type World } from './world.ts';

/** Who may do an operation; all others must be turned away. */
export interface Row {
	may: readonly Role[];
	/** What is sent; the same for everybody. */
	body?: (world: World) => Record<string, unknown>;
	/** Where the address has parts that the world does not name. */
	path?: (world: World) => string;
}
export type Rows = Record<Operation, Row>;

export const everybody = roles;
export const signedIn = roles.filter((role) => role !== 'visitor');
/** Those in the closed space that the world is about. */
export const members: Role[] = ['asker', 'member', 'steward'];
export const outside: Role[] = ['stranger', 'admin'];
/** Who wrote the question, and who looks after the space. */
export const settlers: Role[] = ['asker', 'steward'];
export const admins: Role[] = ['admin'];

/** Rows of one kind: `forAll(signedIn, 'GET /questions', …)`. */
export const forAll = (may: readonly Role[], ...operations: Operation[]): Rows =>
	Object.fromEntries(operations.map((operation) => [operation, { may }]));

/**
 * Rows for what can be done on every item's page, where the asker of the world wrote the item.
 * @param route the page that shows it: `/pages/[id]`
 * @param item which item of the world stands there
 */
export function onItem(route: string, item: (world: World) => string): Rows {
	const about =
		(more: Record<string, unknown> = {}) =>
		(world: World) => ({ item: item(world), ...more });
	const others = members.filter((role) => role !== 'asker');
	const post = (action: string): Operation => `POST ${route}?/${action}`;
	return {
		[post('helped')]: { may: others, body: about({ minutesSaved: '5' }) },
		[post('takeBackHelped')]: { may: members, body: about() },
		[post('keep')]: { may: members, body: about() },
		// What one keeps or follow may go even when the item is out of sight.
		[post('unkeep')]: { may: signedIn, body: about() },
		[post('follow')]: { may: members, body: about() },
		[post('unfollow')]: { may: signedIn, body: about() },
		[post('flag')]: { may: members, body: about() },
		[post('settle')]: { may: settlers, body: about({ as: 'still_right' }) },
		[post('archive')]: { may: settlers, body: about() },
		[post('restore')]: { may: settlers, body: about() },
		[post('close')]: { may: settlers, body: about({ bodyMd: 'It was the paper.' }) },
		// Open again is only what was closed; who may is tried beside the command.
		[post('reopen')]: { may: [], body: about() },
		[post('comment')]: { may: members, body: about({ bodyMd: 'Mine.' }) },
		[post('removeComment')]: {
			may: ['member', 'steward'],
			body: ({ comment }) => ({ item: comment })
		}
	};
}
