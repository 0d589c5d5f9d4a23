import type { CauseName } from '../causes.ts';

/** What shows something of a need: a line, mostly with where to see it. */
export interface Evidence {
	id: string;
	/** Which cause it is about; null for the problem itself. */
	cause: CauseName | null;
	says: string;
	/** Where to see it; null where there is nothing to open, or nothing that is open to the viewer. */
	href: string | null;
	by: string;
	at: string;
}
