import { newCollection } from '#src/library/collections/input.ts';
import { addEntry, makeCollection } from '#src/library/collections/server/write.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { DemoThing } from '../../shape.ts';

type Input = Record<string, unknown> & { title: string };

const byRule =
	(input: Input): DemoThing['make'] =>
	(tx, viewer, spaceId) =>
		makeCollection(tx, viewer, newCollection.parse({ ...input, spaceId, chosen: 'rule' }));

/** By hand, from what carries the tag so far; each with its line. */
const byHand =
	(input: Input, tag: string, lines: string[]): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const id = await makeCollection(tx, viewer, newCollection.parse({ ...input, spaceId }));
		const found = await tagged(tx, viewer.readableSpaces, tag, lines.length);
		for (const [index, { id: itemId }] of found.entries())
			await addEntry(tx, viewer, id, { itemId, note: lines[index]! });
		return id;
	};

const tagged = (tx: Db, spaces: readonly string[], tag: string, limit: number) =>
	rows<{ id: string }>(
		tx,
		sql`select id from item where parent_id is null and ${tag} = any(tags) and kind <> 'collection'
			and space_id = any(string_to_array(${spaces.join(',')}, ',')::uuid[]) order by helped_count desc, id limit ${limit}`
	);

export const collections: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'nora', at: '3 11:15' },
		make: byHand(
			{
				title: 'Meetings that were worth it',
				bodyMd: 'For whoever is about to call one. Begin at the top; the first is five minutes.',
				tags: ['meetings']
			},
			'meetings',
			['The one that changed how I plan.', 'What it looks like when it goes wrong.', 'Short, and I use it each week.']
		)
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke', at: '2 09:20' },
		make: byRule({
			title: 'Everything about pallets that helped somebody',
			bodyMd: 'It fills itself: whatever carries the tag and helped a colleague.',
			tags: ['pallets'],
			ruleTags: 'pallets',
			ruleHelped: 1
		})
	}
];
