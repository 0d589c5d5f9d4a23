import type { Viewer } from '#src/core/access/server/viewer.ts';

declare global {
	namespace App {
		interface Locals {
			/** The person signed in; undefined for visitors. */
			viewer: Viewer | undefined;
			/** The session in use; undefined for visitors and for tokens. */
			sessionId: string | undefined;
			requestId: string;
		}
		interface Error {
			message: string;
			requestId?: string;
		}
	}
}

export {};
