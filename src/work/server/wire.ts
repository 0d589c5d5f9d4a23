import { exportsOwn } from '#src/core/export/server/own.ts';
import { ownWork } from './own.ts';

/** What one keeps of one's own work is one's own to carry away. */
export function wireWork(): void {
	exportsOwn(...ownWork);
}
