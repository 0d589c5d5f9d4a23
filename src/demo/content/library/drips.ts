import { coming, newDrip, newTip, tipEdit } from '#src/drips/input.ts';
import type { TipKind } from '#src/drips/drip.ts';
import { addAuthor, beginDrip, dripToEdit } from '#src/drips/server/drafts.ts';
import { letCome } from '#src/drips/server/follow.ts';
import { publishDrip } from '#src/drips/server/publish.ts';
import { openTip } from '#src/drips/server/read.ts';
import { addTip, writeTip } from '#src/drips/server/tips.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { DemoThing } from '../../shape.ts';

interface Series {
	title: string;
	about: string;
	/** Colleagues who write it, too. */
	others: string[];
	tips: [kind: TipKind, title: string, body: string][];
}

const series =
	({ title, about, others, tips }: Series): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const id = await beginDrip(tx, viewer, newDrip.parse({ title, about, spaceId }));
		for (const name of others) {
			const other = await row<{ id: string }>(tx, sql`select id from person where name = ${name}`);
			await addAuthor(tx, viewer, id, other!.id);
		}
		for (const [kind, title, body] of tips) await addTip(tx, viewer, id, newTip.parse({ kind, title, body }));
		await publishDrip(tx, viewer, id);
		return id;
	};

/** Somebody opens some of its tips, counted from 1. */
const reads = (by: string, after: string, ...places: number[]) => ({
	...{ by, after },
	act: async (tx: Db, viewer: Viewer, id: string) => {
		const tips = await tipsOf(tx, id);
		for (const place of places) await openTip(tx, viewer, id, tips[place - 1]!);
	}
});

async function tipsOf(tx: Db, id: string): Promise<string[]> {
	const found = await row<{ tips: string[] }>(
		tx,
		sql`select array(select id::text from drip_tip where drip_id = ${id} order by position) as tips`
	);
	return found!.tips;
}

/** Somebody lets its tips come. */
const follows = (by: string, after: string, wish: Record<string, unknown>) => ({
	...{ by, after },
	act: (tx: Db, viewer: Viewer, id: string) => letCome(tx, viewer, id, coming.parse({ mail: true, ...wish }))
});

/** A tip is written anew, and the next one waits for its turn. */
const writesOn = (
	by: string,
	after: string,
	at: number,
	body: string,
	wrong: string,
	next: Series['tips'][number]
) => ({
	...{ by, after },
	act: async (tx: Db, viewer: Viewer, id: string) => {
		const { tips } = await dripToEdit(tx, viewer, id);
		const { id: tip, kind, title, version } = tips[at - 1]!;
		await writeTip(tx, viewer, id, tip, tipEdit.parse({ kind, title, body, wrong, version }));
		const [nextKind, nextTitle, nextBody] = next;
		await addTip(tx, viewer, id, newTip.parse({ kind: nextKind, title: nextTitle, body: nextBody }));
	}
});

export const drips: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'ifeoma', at: '24 10:15' },
		make: series({
			title: 'The words we use here',
			about: 'One word a day for everybody who is new: what it means with us, and where it comes from.',
			others: ['Hanneke de Wit'],
			tips: [
				[
					'term',
					'Facing',
					'To pull goods to the front of the shelf, labels forward. **A shelf that is faced sells more than a full one.** Do it whenever you walk past with empty hands.'
				],
				[
					'term',
					'Shrinkage',
					'What should be on the shelf by the books and is not: stolen, broken, counted wrong, never delivered. It is a number about us, not about thieves: most of it is counting.'
				],
				[
					'term',
					'Planogram',
					'The drawing that says what stands where. It is made for the average shop. If yours is not average, say so with a photo: *Merchandising* changes it within a week.'
				],
				[
					'term',
					'Cut-off',
					'The minute after which an order leaves tomorrow. Rotterdam: 16:30. An order at 16:31 is not late, it is the first of the next day, and may be promised as such.'
				],
				[
					'term',
					'Dwell time',
					'How long a pallet stands on the dock. Under two hours nobody asks. Over four, somebody in Rotterdam has a bad day: call before they do.'
				],
				[
					'term',
					'Keyholder',
					'Who may open and close alone. It takes a signature, a code and a walk through the building. Nobody is a keyholder because they have the key.'
				]
			]
		}),
		helped: [['callum', 10, 'I stopped nodding in meetings.']],
		more: [
			reads('callum', '2d', 1, 2, 3),
			follows('callum', '3d', { rhythm: 'days', days: [2, 4], at: '09:30' }),
			reads('sneha', '3d', 1, 4)
		]
	},
	{
		...{ space: 'shop-floor', by: 'gwen', at: '17 09:05' },
		make: series({
			title: 'The till, one thing a day',
			about: 'Small things about the till that nobody tells you in the first week. Half a minute each.',
			others: ['Beatriz Fontes'],
			tips: [
				[
					'tip',
					'The green key',
					'Hold the green key for three seconds: the last receipt prints again. No code needed.'
				],
				[
					'technique',
					'Count the change aloud',
					'Count from the price up to what was given: “thirteen-forty, fourteen, fifteen, twenty”. You hear the slip before the customer does.'
				],
				[
					'fact',
					'The drawer opens without power',
					'There is a small key under the drawer, on the left. Turn it, and the drawer opens during a power cut. Put the key back at once.'
				],
				[
					'figure',
					'7 of 10 returns come without a receipt',
					'Last year 7 of 10 returns at our tills came without a receipt. The card they paid with finds the sale in eleven seconds: **Sales → Search → Card**.'
				],
				[
					'technique',
					'Park a sale',
					'The customer forgot the milk? Press **Park**, serve the next, and take it back with **Resume**. Up to five can be parked.'
				]
			]
		}),
		more: [
			reads('leila', '1d', 1),
			follows('leila', '1d', {}),
			writesOn(
				'gwen',
				'4d',
				1,
				'Hold the green key for three seconds: the last receipt prints again. No code needed. It works until the next sale begins.',
				'It does not work any more once the next sale has begun.',
				[
					'tip',
					'Close early, smile longer',
					'Count your drawer at a quarter to six. At six there is only the lid to close.'
				]
			)
		]
	}
];
