import type { Author } from '#src/core/items/author.ts';
import type { ItemRow, ItemView } from '#src/core/items/post.ts';

export const verdicts = ['trust', 'care', 'avoid'] as const;
export type Verdict = (typeof verdicts)[number];

/** Months a check may hold. */
export const holds = [1, 3, 6, 12, 24] as const;

/** How colleagues stand to a link: what each reader sees beside it, wherever it is shown. */
export interface Standing {
	/** Verdicts that hold: not expired, and the page has not changed since. */
	trust: number;
	care: number;
	avoid: number;
	/** Verdicts that hold no more. */
	stale: number;
	/** Why it is amber: no verdict holds any more. */
	amber: 'changed' | 'expired' | null;
	/** The page cannot be reached any more. */
	lost: boolean;
}

/** The five questions of a check, in the order in which they are asked. */
export const questions = [
	{ name: 'behind', label: 'Who is behind it?', hint: 'A person or body you could ask, and what they know of it.' },
	{ name: 'dated', label: 'From when is it?', hint: 'Written or updated when? Is that recent enough for this matter?' },
	{ name: 'evidence', label: 'What does it rest on?', hint: 'Sources, figures, own experience – or just opinion.' },
	{ name: 'purpose', label: 'What is it for?', hint: 'To inform, to sell, to persuade?' },
	{ name: 'corroboration', label: 'Who else says so?', hint: 'Another independent place that agrees or does not.' }
] as const;
export type QuestionName = (typeof questions)[number]['name'];

/** What a colleague found; times are ISO 8601. */
export interface CheckView {
	person: Author;
	verdict: Verdict;
	answers: { label: string; text: string }[];
	madeAt: string;
	expiresAt: string;
	/** Why it is not counted any more. */
	stale: 'changed' | 'expired' | null;
	/** The space it was made in, where that is another one. */
	space: { slug: string; name: string } | null;
}

export type LinkState = 'waiting' | 'page' | 'login' | 'file' | 'gone' | 'failed';

/** What is known of the page behind a link. */
export interface PageView {
	url: string;
	site: string;
	author: string;
	publishedAt: string | null;
	description: string;
	language: string;
	minutes: number;
	image: { url: string; width: number | null; height: number | null } | null;
	state: LinkState;
	fileType: string;
	/** Why it could not be read. */
	problem: string;
	cut: boolean;
	lookedAt: string | null;
	lostAt: string | null;
}

/** A note on the same page from another space that the viewer may read. */
export interface NoteElsewhere {
	id: string;
	author: Author;
	bodyHtml: string;
	createdAt: string;
	href: string;
	space: { slug: string; name: string };
}

export interface LinkView extends ItemView {
	page: PageView;
	/** The text as it was kept; null where there is none. */
	kept: { html: string; takenAt: string; version: number; versions: number } | null;
	standing: Standing;
	checks: CheckView[];
	/** The viewer's own check, to be changed. */
	myCheck: (Record<QuestionName, string> & { verdict: Verdict }) | null;
	elsewhere: NoteElsewhere[];
}

export interface LinkRow extends ItemRow {
	url: string;
	site: string;
	standing: Standing;
}

const WORDS_A_MINUTE = 220;
export const minutesOf = (words: number) => (words === 0 ? 0 : Math.max(1, Math.round(words / WORDS_A_MINUTE)));

export const verdictWords: Record<Verdict, string> = {
	trust: 'Trust it',
	care: 'With care',
	avoid: 'Do not use'
};

/** A standing in a few words, and whether they are good news. */
export function standingWords({ trust, care, avoid, amber, lost }: Standing): { text: string; kind: Tone }[] {
	const people = (count: number) => (count === 1 ? '1 colleague' : `${count} colleagues`);
	const marks: { text: string; kind: Tone }[] = [];
	if (avoid > 0) marks.push({ text: `Do not use, say${avoid === 1 ? 's' : ''} ${people(avoid)}`, kind: 'warn' });
	if (care > 0) marks.push({ text: `With care: ${people(care)}`, kind: 'warn' });
	if (trust > 0) marks.push({ text: `✓ Trusted by ${people(trust)}`, kind: 'good' });
	if (amber === 'changed') marks.push({ text: 'Changed since it was checked', kind: 'warn' });
	if (amber === 'expired') marks.push({ text: 'Its check has expired', kind: 'warn' });
	if (lost) marks.push({ text: 'Page gone, text kept', kind: 'warn' });
	return marks;
}
type Tone = 'plain' | 'good' | 'warn';
