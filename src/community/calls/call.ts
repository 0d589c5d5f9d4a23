/** What can be asked: to write down what one knows, to answer about a topic too, to improve a page. */
export const callKinds = ['write', 'second', 'improve'] as const;
export type CallKind = (typeof callKinds)[number];

/** The same is asked again after so many days at the earliest. */
export const CALL_DAYS = 30;

/** Nobody is asked to be a second more often than once in so many days, whatever the topic. */
export const PEACE_DAYS = 30;

/** More people than this are not asked about one topic at once. */
export const MOST_ASKED = 20;

/** A call for a second, as whoever got it sees it. */
export interface CallView {
	id: string;
	space: { slug: string; name: string };
	tag: string;
	by: { id: string; name: string };
	at: string;
	answer: 'yes' | 'no' | null;
}
