import type { Block } from '#src/platform/server/letter.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Chooser } from './choice.ts';

/** How a mail may tell of it: within minutes, in one mail a working day, or not at all. */
export type MailChoice = 'now' | 'digest' | 'never';

/** What a sentence is made of. `actor` is "Somebody" where nobody may be named. */
export interface About {
	actor: string;
	title: string;
	space: string;
	note: string;
}

/** Something people can be told of. The room that causes it says how it reads and how loud it is by default. */
export interface NotificationKind {
	name: string;
	/** As the settings name it. */
	label: string;
	group: 'For you to answer' | 'Replies to you' | 'What helped' | 'New in your spaces' | 'For stewards';
	/** By whose choice it reaches people; a notice says so for those to whom it comes on another way. */
	choice: Chooser;
	inPage: boolean;
	mail: MailChoice;
	/** Its mails wait until the person is at work. */
	atWork?: true;
	/** What the button of its mail says, where there is something else to do than to read and reply. */
	button?: string;
	sentence: (about: About) => string;
	/** What a mail of its own says where that is more than a sentence: the thing itself, to be read there. `at` is the page it leads to, where that is not the item's. */
	letter?: (db: Db, itemId: string, at: string) => Promise<Block[]>;
}

const kinds = new Map<string, NotificationKind>();

/** Called once at start by each room. */
export function registerKinds(added: readonly NotificationKind[]): void {
	for (const kind of added) kinds.set(kind.name, kind);
}

export const allKinds = (): NotificationKind[] => [...kinds.values()];

export const kindOf = (name: string): NotificationKind | undefined => kinds.get(name);
