import type { CauseName } from '../causes.ts';
import type { PulseView } from '../pulse/pulse.ts';

/** Something here that evidence leads to, as it was. */
export interface KeptItem {
	id: string;
	kind: string;
	title: string;
	version: number;
	/** SHA-256 of its title and text. */
	hash: string;
	/** What a figure said last. */
	latest: { day: string; value: number; unit: string } | null;
}

/** Evidence as it was. */
export interface KeptEvidence {
	id: string;
	cause: CauseName | null;
	says: string;
	by: string;
	url: string | null;
	item: KeptItem | null;
}

/** What a conclusion rests on, as it is kept with it. */
export interface Rests {
	/** What came of the last pulse that had closed. */
	pulse: PulseView['last'];
	evidence: KeptEvidence[];
}

/** Evidence as it was, and what became of it. */
export interface RestedOn {
	id: string;
	cause: CauseName | null;
	says: string;
	by: string;
	/** Where to see it; null where there is nothing to open, or nothing that is open to the viewer. */
	href: string | null;
	/** What it leads to, as it was; null for what is elsewhere, or not open to the viewer. */
	was: Pick<KeptItem, 'title' | 'version' | 'hash' | 'latest'> | null;
	since: 'same' | 'changed' | 'gone' | 'taken away';
	/** Where its versions are listed, where it was changed. */
	versions: string | null;
}

/** What a conclusion rests on, as it was then, beside what has changed since. */
export interface RestsView {
	pulse: PulseView['last'];
	evidence: RestedOn[];
	/** How much was attached since. */
	added: number;
	/** Whether people were asked again since. */
	askedAgain: boolean;
}

export const sinceWords: Record<Exclude<RestedOn['since'], 'same'>, string> = {
	...{ changed: 'Changed since', gone: 'Archived or gone since', 'taken away': 'Taken away since' }
};
