import type { CheckFacts } from '../check.ts';

/** Questions about a check that ask nearly the same. */
export interface Cluster {
	questions: { id: string; title: string; answered: boolean }[];
	/** The piece of content they are about, where they say it. */
	part: { href: string; title: string } | null;
}

/** Where the content was not clear to somebody. */
export interface Unclear {
	href: string;
	title: string;
	asked: number;
}

export interface SupportView {
	check: { id: string; title: string; spaceId: string };
	support: CheckFacts['support'];
	clusters: Cluster[];
	/** For whoever writes the check or helps with it; empty for others. */
	unclear: Unclear[];
	helps: boolean;
	ask: string;
}

/** What a check tells of those who took it: sums only, and none of fewer than five. */
export interface ReportView {
	check: { id: string; title: string };
	/** People who handed it in; null below five. */
	people: number | null;
	passed: number | null;
	testOuts: number | null;
	givenBack: number | null;
	objectives: { title: string; of: number | null; needHelp: number | null }[];
}
