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
