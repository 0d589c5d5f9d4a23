import type { NoticeRow } from '../read.ts';
import { presentNotice } from '../read.ts';

/** A notification as a push brings it, with how open its space is. */
export type PushRow = NoticeRow & { access: 'open' | 'closed' | 'secret' };

/** What a device shows. */
export interface PushMessage {
	title: string;
	body: string;
	/** Where it leads, from / on. */
	url: string;
	/** What takes the place of an earlier one. */
	tag: string;
}

/**
 * One message of all that waits. A screen may lie where others see it: of a closed space it names what happened, of
 * a secret one nothing.
 */
export function messageOf(found: PushRow[]): PushMessage {
	const [first] = found as [PushRow];
	if (found.length === 1) return { ...lineOf(first), tag: first.topic };
	const lines = found.slice(0, 3).map((each) => lineOf(each).title);
	return {
		...{ title: `${found.length} things for you`, body: lines.join('\n') },
		...{ url: '/notifications', tag: 'several' }
	};
}

function lineOf(line: PushRow): Omit<PushMessage, 'tag'> {
	const { sentence, excerpt, href } = presentNotice(line);
	if (line.access === 'secret')
		return { title: 'Something new for you', body: 'Open it to see where.', url: '/notifications' };
	return { title: sentence, body: line.access === 'open' ? excerpt : `In ${line.space}`, url: href };
}
