import type { MailDeed } from '#src/core/notify/server/links.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { rhythmInWords } from '../rhythm.ts';
import { markKnown, pauseTips, setPace, stopTips } from './follow.ts';

const FORTNIGHT = 14;

/** A link that comes after the series has ended does nothing more. */
async function unlessGone(work: Promise<void>): Promise<void> {
	try {
		await work;
	} catch (error) {
		if (!(error instanceof Failure && error.kind === 'not_found')) throw error;
	}
}

const parts = (target: string): [string, string] => target.split(' ') as [string, string];
const every = (target: string) => ({ days: [], every: Number(parts(target)[1]) });
const page = (target: string) => `/drips/${parts(target)[0]}`;

/** What can be done from within a message with a tip. */
export const tipDeeds: MailDeed[] = [
	{
		name: 'tips.pace',
		words: (target) => ({
			question: `Get these tips ${rhythmInWords(every(target))}?`,
			done: `From now on they come ${rhythmInWords(every(target))}.`,
			settings: page(target)
		}),
		run: (db, personId, target) => unlessGone(setPace(db, personId, parts(target)[0], every(target)))
	},
	{
		name: 'tips.pause',
		words: (target) => ({
			question: 'Pause these tips for two weeks?',
			done: 'The next one comes in two weeks.',
			settings: page(target)
		}),
		run: (db, personId, target) => unlessGone(pauseTips(db, personId, target, FORTNIGHT))
	},
	{
		name: 'tips.known',
		words: (target) => ({
			question: 'Do you know this already?',
			done: 'It is done with, and the next tip comes in its place.',
			settings: page(target)
		}),
		run: (db, personId, target) => unlessGone(markKnown(db, personId, ...parts(target)))
	},
	{
		name: 'tips.stop',
		words: (target) => ({
			question: 'Stop this series?',
			done: 'No more tips of this series come. You can read all of them on its page.',
			settings: page(target)
		}),
		run: (db, personId, target) => stopTips(db, personId, target)
	}
];
