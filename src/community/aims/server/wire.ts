import { exportsOwn } from '#src/core/export/server/own.ts';
import { ownAims } from './own.ts';

/** What somebody wrote into plans goes along in their archive. */
export const wireAims = (): void => exportsOwn(...ownAims);
