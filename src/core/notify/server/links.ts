import { createHmac, timingSafeEqual } from 'node:crypto';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { kindOf } from '../kinds.ts';
import { lessOften, muteItem, stopMails, turnOff } from './preferences.ts';

/** What a link in a mail does: to an item, to kinds of notifications, or what a room declares. */
export type MailAction = 'mute' | 'less' | 'off' | 'stop' | `${string}.${string}`;

export interface MailLink {
	personId: string;
	action: MailAction;
	/** The item for `mute`, a kind for `less` and `off`, kinds parted by commas (or `digest`) for `stop`. */
	target: string;
}

/** What the page of a link says before and after. */
export interface DeedWords {
	question: string;
	done: string;
	/** Where the same is changed by whoever has signed in. */
	settings?: string;
}

/** Something a room lets people do from within a mail, signed out. */
export interface MailDeed {
	/** With the room's name before the dot: `tips.pause`. */
	name: `${string}.${string}`;
	/** Nothing about the item itself, for the link may have been passed on. */
	words(target: string): DeedWords;
	/** Again does no harm. */
	run(db: Db, personId: string, target: string): Promise<void>;
}

const deeds = new Map<string, MailDeed>();

/** Called once at start by each room. */
export const registerDeeds = (...added: MailDeed[]): void => added.forEach((deed) => deeds.set(deed.name, deed));

/** A link's token: what it does, signed with the person's own key, so that it works signed out and for nothing else. */
export function signLink(key: string, { personId, action, target }: MailLink): string {
	const words = Buffer.from(JSON.stringify([personId, action, target])).toString('base64url');
	return `${words}.${signature(key, words)}`;
}

const signature = (key: string, words: string) => createHmac('sha256', key).update(words).digest('base64url');

/** @throws Failure not_found for a token that is not ours */
export async function readLink(db: Db, token: string): Promise<MailLink> {
	const [words = '', sign = ''] = token.split('.');
	const link = decode(words);
	const found =
		link &&
		(await row<{ key: string }>(
			db,
			sql`select mail_key as key from notification_settings where person_id = ${link.personId}`
		));
	const right = found ? signature(found.key, words) : '';
	if (!link || right.length !== sign.length || !timingSafeEqual(Buffer.from(right), Buffer.from(sign)))
		throw notFound('This link is not complete. Open it again from the mail, or sign in and change it under Settings.');
	return link;
}

function decode(words: string): MailLink | undefined {
	try {
		const [personId, action, target] = JSON.parse(Buffer.from(words, 'base64url').toString()) as string[];
		const isKnown = ['mute', 'less', 'off', 'stop'].includes(action!) || deeds.has(action!);
		const isOne = /^[0-9a-f-]{36}$/.test(personId!) && isKnown;
		return isOne && typeof target === 'string'
			? { personId: personId!, action: action as MailAction, target }
			: undefined;
	} catch {
		return undefined;
	}
}

/** Carries out what the link says; again does no harm. */
export async function followLink(db: Db, { personId, action, target }: MailLink): Promise<void> {
	const deed = deeds.get(action);
	if (deed) await deed.run(db, personId, target);
	else if (action === 'mute') await muteItem(db, personId, target);
	else if (action === 'less') await lessOften(db, personId, target);
	else if (action === 'off') await turnOff(db, personId, target);
	else await stopMails(db, personId, target.split(','));
}

/** What the link will do, in words; nothing about the item, for the link may have been passed on. */
export function describeLink({ action, target }: MailLink): DeedWords {
	const deed = deeds.get(action);
	if (deed) return deed.words(target);
	const kind = kindOf(target)?.label ?? 'these notifications';
	if (action === 'mute')
		return { question: 'Hear no more about this?', done: 'You will hear no more about it, in mails or in Trellis.' };
	if (action === 'less') return { question: `Less often: ${kind}?`, done: `You will hear less of this: ${kind}.` };
	if (action === 'off') return { question: `Turn off: ${kind}?`, done: `This is off now: ${kind}.` };
	return {
		question: 'No more mails of this kind?',
		done: 'No more mails of this kind will come. Trellis itself still shows what is new.'
	};
}
