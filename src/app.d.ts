import type { Viewer } from '#src/core/access/server/viewer.ts';

declare global {
	namespace App {
		interface Locals {
			/** The person signed in; undefined for visitors. */
			viewer: Viewer | undefined;
			/** The session in use; undefined for visitors and for tokens. */
			sessionId: string | undefined;
			requestId: string;
			/** All that the content of this page depends on; undefined for a page that is made anew each time. */
			print: string | undefined;
			/** Where this page plays sound or film from (an origin): its policy lets that through. */
			plays: string | undefined;
		}
		interface Error {
			message: string;
			requestId?: string;
		}
	}
}

export {};
