/**
 * The only failures a command may answer with. Routes turn them into HTTP once:
 * pages through `formFailure`, the API through problem+json.
 */
export type FailureKind =
	'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'too_many' | 'unavailable';

export const failureStatus: Record<FailureKind, number> = {
	invalid: 422,
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	conflict: 409,
	too_many: 429,
	unavailable: 503
};

/** Messages keyed by the field they belong to; `_` holds what belongs to no field. */
export type FieldErrors = Record<string, string>;

export class Failure extends Error {
	readonly kind: FailureKind;
	readonly fields: FieldErrors;
	/** What the person needs to go on: the other version of a text, the seconds to wait. */
	readonly details: Record<string, unknown>;

	constructor(kind: FailureKind, message: string, fields: FieldErrors = {}, details: Record<string, unknown> = {}) {
		super(message);
		this.name = 'Failure';
		this.kind = kind;
		this.fields = fields;
		this.details = details;
	}

	get status(): number {
		return failureStatus[this.kind];
	}
}

export const invalid = (fields: FieldErrors, message = Object.values(fields)[0] ?? 'This cannot be saved as it is.') =>
	new Failure('invalid', message, fields);
export const unauthenticated = (message = 'Sign in to go on.') => new Failure('unauthenticated', message);
export const forbidden = (message = 'You may not do this here.') => new Failure('forbidden', message);
export const notFound = (message = 'This does not exist, or is not open to you.') => new Failure('not_found', message);
export const conflict = (message: string, details: Record<string, unknown> = {}) =>
	new Failure('conflict', message, {}, details);
export const tooMany = (message: string, retryAfterSeconds: number) =>
	new Failure('too_many', message, {}, { retryAfterSeconds });
/** What is needed does not answer at the moment; the same can be tried again. */
export const unavailable = (message: string, fields: FieldErrors = {}) => new Failure('unavailable', message, fields);
