import { row, sql, type Db } from '#src/platform/server/db.ts';
import { causeNames, type CauseAnswer, type CauseName } from '#src/needs/causes.ts';
import { causeEdit, costsEdit, newConclusion, newNeed, newPath } from '#src/needs/input.ts';
import { newEvidence } from '#src/needs/evidence/input.ts';
import { addEvidence } from '#src/needs/evidence/server/evidence.ts';
import { newReview, newStep, planEdit } from '#src/needs/plan/input.ts';
import { addStep, finishStep } from '#src/needs/plan/server/steps.ts';
import { reviewPlan, writePlan } from '#src/needs/plan/server/write.ts';
import { pulseSheet } from '#src/needs/pulse/input.ts';
import { answerPulse, closePulse, openPulse } from '#src/needs/pulse/server/pulse.ts';
import { addPath, writeCause, writeCosts } from '#src/needs/server/analysis.ts';
import { conclude } from '#src/needs/server/conclude.ts';
import { addEditor } from '#src/needs/server/editors.ts';
import { stateNeed } from '#src/needs/server/needs.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { address } from '../../organisation.ts';
import type { DemoThing } from '../../shape.ts';

const stated =
	(text: Record<string, unknown>): DemoThing['make'] =>
	(tx, viewer, spaceId) =>
		stateNeed(tx, viewer, newNeed.parse({ spaceId, ...text }));

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

type Act = (tx: Db, viewer: Viewer, id: string) => Promise<unknown>;

const asksAlong =
	(key: string): Act =>
	async (tx, viewer, id) => {
		const found = await row<{ id: string }>(tx, sql`select id from person where email = ${address(key)}`);
		await addEditor(tx, viewer, id, found!.id);
	};
const costs =
	(figures: Record<string, unknown>): Act =>
	(tx, viewer, id) =>
		writeCosts(tx, viewer, id, costsEdit.parse({ ...figures, version: 1 }));
const looks =
	(found: Partial<Record<CauseName, [CauseAnswer, string]>>): Act =>
	async (tx, viewer, id) => {
		for (const cause of causeNames) {
			const [answer, shows] = found[cause] ?? [];
			if (answer) await writeCause(tx, viewer, id, cause, causeEdit.parse({ answer, shows, version: 0 }));
		}
	};
const could =
	(...paths: Record<string, unknown>[]): Act =>
	async (tx, viewer, id) => {
		for (const path of paths) await addPath(tx, viewer, id, newPath.parse(path));
	};
const records =
	(conclusion: Record<string, unknown>): Act =>
	(tx, viewer, id) =>
		conclude(tx, viewer, id, newConclusion.parse(conclusion));

/** Asks those who do the work; the example's pulses are open for days to come, unless they are closed. */
const asks: Act = (tx, viewer, id) => openPulse(tx, viewer, id, { closesOn: inDays(6) });
const says =
	(sheet: Record<string, string>): Act =>
	(tx, viewer, id) =>
		answerPulse(tx, viewer, id, pulseSheet.parse(sheet));
const attaches =
	(says: string, cause?: CauseName): Act =>
	(tx, viewer, id) =>
		addEvidence(tx, viewer, id, newEvidence.parse({ says, cause }));

const plans =
	(words: Record<string, unknown>): Act =>
	async (tx, viewer, id) => {
		const days = { baselineOn: inDays(-30), reviewOn: inDays(40) };
		await writePlan(tx, viewer, id, planEdit.parse({ ownerId: viewer.id, ...words, ...days, version: 0 }));
	};
const takes =
	(...steps: [option: string, title: string, owner: string, done: boolean][]): Act =>
	async (tx, viewer, id) => {
		for (const [option, title, key, done] of steps) {
			const owner = await row<{ id: string }>(tx, sql`select id from person where email = ${address(key)}`);
			const step = { option, title, ownerId: owner!.id, byOn: inDays(done ? -10 : 5) };
			const stepId = await addStep(tx, viewer, id, newStep.parse(step));
			if (done) await finishStep(tx, viewer, id, stepId, true);
		}
	};
const sees =
	(seen: Record<string, unknown>): Act =>
	(tx, viewer, id) =>
		reviewPlan(tx, viewer, id, newReview.parse({ ...seen, next: inDays(60) }));

export const needs: DemoThing[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke', at: '34 09:10' },
		make: stated({
			title: 'Pallets with two labels go to the wrong shop',
			bodyMd: `Suppliers send pallets that carry **their label and ours**. About one in twelve is booked on the supplier’s label and stands in the wrong lane by the evening.

We saw it first in spring; since the autumn range it is every day.`,
			who: 'Everybody who books goods in, in both shifts',
			wanted: 'Each pallet stands in the lane of its shop when the tour is loaded.',
			figure: 'Pallets in the wrong lane a week',
			tags: 'inbound labels'
		}),
		more: [
			{ by: 'hanneke', after: '1h', act: asksAlong('ifeoma') },
			{
				by: 'hanneke',
				after: '2h',
				act: costs({ people: 14, timesMonth: 90, minutesEach: 25, hourCost: 34, otherMonth: 420, currency: 'EUR' })
			},
			{
				by: 'ifeoma',
				after: '2d',
				act: looks({
					expectations: ['no', 'Everybody I asked said the same: our label counts.'],
					tools: [
						'yes',
						'The scanner takes whichever label it sees first. I watched forty pallets: eleven were turned to find ours, five were not.'
					],
					incentives: ['partly', 'Turning a pallet takes two minutes, and the screen shows pallets an hour.'],
					knowledge: ['no', 'All of them could show me at once how it is done right.'],
					capacity: ['no', 'It happens in quiet hours too.'],
					motives: ['no', 'They are the ones who carry it across the yard afterwards.']
				})
			},
			{
				by: 'ifeoma',
				after: '2d',
				act: attaches('Forty pallets watched on Tuesday: eleven turned, five booked wrongly', 'tools')
			},
			{ by: 'hanneke', after: '4h', act: asks },
			...['sem', 'yusuf', 'anouk', 'piotr', 'nora', 'bea'].map((by) => ({
				...{ by, after: '1d' },
				act: says({
					expectations: 'yes',
					tools: 'no',
					incentives: 'no',
					knowledge: 'yes',
					capacity: 'yes',
					motives: 'yes'
				})
			})),
			...['hugh', 'kit', 'freya', 'gwen', 'dan'].map((by) => ({
				...{ by, after: '2d' },
				act: says({ expectations: 'yes', tools: 'no', incentives: 'yes', knowledge: 'yes', motives: 'yes' })
			})),
			{ by: 'hanneke', after: '3d', act: closePulse },
			{
				by: 'hanneke',
				after: '3d',
				act: could(
					{
						...{ cause: 'tools', title: 'Let the scanner refuse labels that are not ours', hoursMake: 16, days: 21 },
						...{ moneyOnce: 600, minutesEach: 2, share: 80, chosen: true },
						about: 'Dan says it is a prefix in a list.'
					},
					{
						...{ cause: 'tools', title: 'Cover the supplier’s label with tape on arrival', hoursMake: 1, days: 1 },
						...{ moneyMonth: 30, minutesEach: 1, share: 40, quick: true, chosen: true }
					},
					{
						...{ cause: 'incentives', title: 'Do not count pallets that were turned', hoursMake: 2, days: 7 },
						...{ share: 15, chosen: true }
					},
					{
						...{ cause: 'knowledge', title: 'A course on labels for both shifts', hoursMake: 24, days: 45 },
						...{ moneyOnce: 4200, minutesEach: 120, share: 5 },
						about: 'What was asked for first.'
					}
				)
			},
			{
				by: 'hanneke',
				after: '4d',
				act: records({
					decision: 'act',
					summary:
						'Nobody lacks anything they could learn: the scanner takes the wrong label. Tape from tomorrow, the scanner within three weeks, and turned pallets do not count against the hour.'
				})
			},
			{
				by: 'hanneke',
				after: '5d',
				act: plans({
					...{
						hypothesis:
							'If the scanner takes our label only, pallets stand in the right lane, because nobody has to look.'
					},
					...{ figure: 'Pallets in the wrong lane a week', baseline: 21, baselineSource: 'Counted at the gate by Sem' },
					...{ target: 6, budget: 960, saves: 16000, fundsNote: 'A second tail lift for the city tours' }
				})
			},
			{
				by: 'hanneke',
				after: '5d',
				act: takes(
					['fix', 'Let the scanner refuse labels that are not ours', 'dan', true],
					['fix', 'Take turned pallets out of the hourly count', 'hanneke', true],
					['aid', 'One picture at the gate: which label counts', 'sem', false]
				)
			},
			{
				by: 'hanneke',
				after: '26d',
				act: sees({
					value: 8,
					verdict: 'cannot_tell',
					says: 'Eight instead of twenty-one, but it was a quiet month. We look again after the spring range.'
				})
			}
		],
		comments: [{ by: 'sem', after: '5d', body: 'The tape works. The screen change made more friends than the tape.' }]
	},
	{
		...{ space: 'everybody', by: 'gwen', at: '6 10:20' },
		make: stated({
			title: 'Customers wait while we look for the price of cut pieces',
			bodyMd:
				'Wood and carpet by the metre. We look it up in three places, and on Saturdays the queue goes to the door.',
			who: 'Sales assistants at the service desk',
			wanted: 'The price of a cut piece is said within a minute.',
			figure: 'Minutes at the service desk per customer',
			tags: 'prices service-desk'
		}),
		more: [
			{ by: 'gwen', after: '20m', act: asksAlong('ifeoma') },
			{ by: 'gwen', after: '5h', act: asks },
			{
				by: 'gwen',
				after: '1d',
				act: costs({ people: 60, timesMonth: 800, minutesEach: 6, hourCost: 15, currency: 'GBP' })
			},
			{
				by: 'ifeoma',
				after: '2d',
				act: looks({
					tools: ['yes', 'Three lists, two of them printed. The newest is on the shelf edge only.'],
					knowledge: ['unknown', 'New colleagues ask, others guess. We have to ask more of them.'],
					motives: ['no', 'Everybody hates the queue.']
				})
			}
		]
	}
];
