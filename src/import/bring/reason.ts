import { Failure } from '#src/platform/server/errors.ts';
import { Refused } from './archive.ts';

/** Why one thing was left out. @throws what is no matter of the thing itself */
export function reasonOf(error: unknown): string {
	if (error instanceof Refused) return error.message;
	if (error instanceof RangeError) return 'it is nested deeper than can be read';
	if (error instanceof Failure && error.kind !== 'unavailable')
		return (error.fields.file ?? error.message).replace(/\.$/, '');
	throw error;
}
