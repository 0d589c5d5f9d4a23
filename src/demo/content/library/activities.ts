import { afterwards, newActivity } from '#src/community/activities/input.ts';
import { markActivity } from '#src/community/activities/server/figure.ts';
import { planActivity, tellAfterwards } from '#src/community/activities/server/write.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { address } from '../../organisation.ts';
import type { DemoThing } from '../../shape.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const idOf = async (tx: Db, kind: string, title: string): Promise<string | undefined> =>
	(await row<{ id: string }>(tx, sql`select id from item where kind = ${kind} and title = ${title}`))?.id;

const planned =
	(
		begins: number,
		about: Record<string, unknown>,
		serves?: [kind: 'need' | 'figure', title: string]
	): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const id = serves && (await idOf(tx, ...serves));
		const goal = serves?.[0] === 'need' ? { needId: id } : { metricId: id };
		return planActivity(tx, viewer, newActivity.parse({ spaceId, beginsOn: inDays(begins), ...goal, ...about }));
	};

/** What is done together: one that is over and left something, one soon, one over a month. */
export const activities: DemoThing[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'yusuf', at: '19 14:20' },
		make: planned(
			-63,
			{
				...{ title: 'Twenty minutes at gate 4: strapping tall loads', way: 'place', place: 'Gate 4' },
				...{ beginsAt: '13:30', endsAt: '13:50', forWhom: 'Whoever loads above shoulder height' },
				bodyMd: 'Bring the load you like least. We strap it three ways and push.'
			},
			['figure', 'Pallets that came back damaged']
		),
		more: [
			{
				...{ by: 'yusuf', after: '1h' },
				act: async (tx, viewer, id) => {
					const who = await row<{ id: string }>(tx, sql`select id from person where email = ${address('piotr')}`);
					const bodyMd =
						'- The second strap goes *under* the lip, not over it.\n- Two of eleven loads held with one strap; none fell with two.\n- Anouk’s knot is quicker than the ratchet when it is cold.';
					await tellAfterwards(tx, viewer, id, afterwards.parse({ bodyMd, askId: who!.id }));
					await markActivity(tx, viewer, id);
				}
			}
		]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke', at: '5 10:10' },
		make: planned(
			6,
			{
				...{ title: 'Both shifts at one table: two labels on a pallet', way: 'place', place: 'Canteen, Rotterdam' },
				...{ beginsAt: '13:45', endsAt: '14:30', forWhom: 'Dock and store, both shifts' },
				bodyMd:
					'Late shift comes a little early, early shift stays a little. Coffee is there; so are the worst ten labels of the month.'
			},
			['need', 'Pallets with two labels go to the wrong shop']
		)
	},
	{
		...{ space: 'everybody', by: 'tomasz', at: '4 11:00' },
		make: planned(2, {
			...{ title: 'A month of telling what we tried', way: 'weeks', endsOn: inDays(32) },
			forWhom: 'Whoever tries something at work and would like to be read',
			bodyMd:
				'Once a week, three lines: what I tried, what happened, what I would do again. When it suits you, where you like to write it.'
		})
	},
	{
		...{ space: 'spreadsheets', by: 'freya', at: '3 15:00' },
		make: planned(9, {
			...{ title: 'Bring your worst sheet', way: 'online', link: 'https://meet.example/worst-sheet' },
			...{ beginsAt: '15:00', endsAt: '16:00', zone: 'Europe/London', forWhom: 'Anybody with a sheet that hurts' },
			bodyMd: 'Ten minutes each. We mend one thing, not everything.'
		})
	}
];
