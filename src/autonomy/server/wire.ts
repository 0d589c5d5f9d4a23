import { exportsOwn } from '#src/core/export/server/own.ts';
import { ownReached } from './own.ts';

/** What reached a person is theirs to carry away. */
export function wireAutonomy(): void {
	exportsOwn(...ownReached);
}
