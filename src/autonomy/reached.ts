import type { Chooser } from '#src/core/notify/choice.ts';

/** So many days one's own page looks back. */
export const DAYS = 30;

/** What reached somebody, of one kind and by one choice. */
export interface ReachedLine {
	/** What it is turned off by: `item.new`, or `tips.` and the id of a series. */
	name: string;
	label: string;
	count: number;
	/** How many of them came by mail, rang on a device, or came in a chat. */
	byMail: number;
	onDevice: number;
	inChat: number;
	/** The newest of them. */
	latest: { text: string; href: string; at: string }[];
	/** Nothing of it comes any more. */
	isOff: boolean;
	stopLabel: string;
}

export interface ReachedGroup {
	choice: Chooser;
	count: number;
	lines: ReachedLine[];
}

/** What reached somebody in the last days, by whose choice it did. */
export interface Reached {
	count: number;
	/** How many by their own choice. */
	own: number;
	groups: ReachedGroup[];
}

/** All of it in a sentence. */
export function reachedInWords({ count, own }: Pick<Reached, 'count' | 'own'>): string {
	if (count === 0) return `Nothing was sent to you in the last ${DAYS} days.`;
	const things = count === 1 ? 'One thing' : `${count.toLocaleString('en')} things`;
	return `${things} reached you in the last ${DAYS} days, ${own === count ? (count === 1 ? 'by your own choice' : 'all by your own choice') : own === 0 ? 'none by your own choice' : `${own.toLocaleString('en')} by your own choice`}.`;
}

/** On which ways, where it was not on the page alone. */
export function waysInWords({ count, byMail, onDevice, inChat }: ReachedLine): string {
	const ways = [
		...(byMail > 0 ? [`${byMail} by mail`] : []),
		...(onDevice > 0 ? [`${onDevice} on a device`] : []),
		...(inChat > 0 ? [`${inChat} in your chat`] : [])
	];
	return [`${count} ${count === 1 ? 'time' : 'times'}`, ...ways].join(' · ');
}
