import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { EntryFields } from '#src/rankings/guide/entry.ts';
import { entryEdit, newGuideEdition } from '#src/rankings/guide/input.ts';
import { issueEdition } from '#src/rankings/guide/server/editions.ts';
import { writeEntry } from '#src/rankings/guide/server/entries.ts';
import { beginGuide } from '#src/rankings/guide/server/guide.ts';
import type { DemoThing } from '../../shape.ts';

/** What the Guide says, by whom, and who added what later. */
const entries: {
	tool: string;
	by: string;
	says: Partial<EntryFields>;
	later?: { by: string; adds: Partial<EntryFields>; note: string };
}[] = [
	{
		tool: 'Job aids in Trellis',
		by: 'gwen',
		says: {
			summary:
				'One page that shows how a task is done, read while it is done. At the till it replaces the **call to Leeds**.',
			features:
				'- Steps, checklists, tables and **decision paths**\n- A note of who looks after it, and when it was last right\n- Opens on a phone, and prints on one sheet',
			own_work:
				'Search for the task before you ask. If there is none, write down what you were told: two lines are enough, and the next person adds the third.',
			teaching: 'A new colleague opens the till with the aid in hand. Stand beside them and say nothing.',
			together: 'Say “**stuck here**” at the step that is wrong. Whoever looks after it sees it the same day.'
		},
		later: {
			by: 'ifeoma',
			adds: {
				learning:
					'Writing one is the fastest way to find out what you do not know. Do it in your **second week**, not in your second year.'
			},
			note: 'What writing one teaches'
		}
	},
	{
		tool: 'Phone camera',
		by: 'piotr',
		says: {
			summary: 'The camera that everybody carries. A picture takes two seconds and keeps what no words keep.',
			features:
				'- **Before and after** in one row of pictures\n- Zoom into what you cannot reach\n- Share it at once, or delete it at once',
			own_work:
				'Take a picture of the machine **before you open it**, of the shelf before you move it, and of the label before it is gone.',
			learning: 'Film your own hands for half a minute and look at it the next day.',
			together: 'Send the shelf to the buyer instead of describing it. Never with customers or their papers in it.'
		}
	},
	{
		tool: 'The handover board',
		by: 'sem',
		says: {
			summary: 'A board at the door with four headings: what it is, how it came, what I think, what I would do.',
			features: '- Seen by all who come in\n- **Four headings**, three lines each\n- Wiped by whoever has read it',
			own_work: 'Write it ten minutes before you leave, not on the way out.',
			together: 'The one who comes reads it aloud. What is not clear is asked **while both are there**.'
		},
		later: {
			by: 'piotr',
			adds: { teaching: 'An apprentice writes it for a week, and the shift lead only adds.' },
			note: 'How we teach it'
		}
	},
	{
		tool: 'Shared spreadsheet',
		by: 'freya',
		says: {
			summary:
				'Rows and columns that all see at the same time. Dull, and it has outlived everything that was to replace it.',
			features:
				'- Everybody sees the **same number**\n- History of each cell\n- Filters of one’s own that disturb nobody',
			own_work: 'One sheet for input, one for sums, and **no number typed into a sum**.',
			together: 'Name who may change what in the first row. A comment at a cell is better than a mail about it.',
			teaching: 'Let people break a copy. They find out what depends on what in five minutes.'
		}
	},
	{
		tool: 'The buddy hour',
		by: 'ifeoma',
		says: {
			summary: 'One hour a week beside somebody who does it well, with nothing planned.',
			features:
				'- Costs an hour of two people\n- Needs **no preparation**\n- Works across countries with a camera on the desk',
			learning: 'Watch for what they do **without noticing**, and ask about that.',
			teaching: 'Do your work as always and think aloud. Do not tidy up before.',
			together: 'Change buddies each quarter: otherwise it becomes a friendship, which is fine, but not this.'
		}
	},
	{
		tool: 'Checklist on a clipboard',
		by: 'hanneke',
		says: {
			summary: 'Paper, a pen, and a list in the order of the work.',
			features:
				'- No battery, no gloves off\n- **Ticked by hand**: whoever ticked was there\n- Yesterday’s is under today’s',
			own_work: 'Seven lines at most. What nobody ticks for a month goes.',
			together: 'The list hangs where the work begins, not in the office.'
		}
	}
];

/** Somebody writes of a tool. @returns the entry, which gets its time */
const writes = (by: string, after: string, tool: string, input: object): NonNullable<DemoThing['more']>[number] => ({
	...{ by, after },
	act: async (tx, viewer, id) => {
		const found = await row<{ id: string }>(
			tx,
			sql`select t.id from ranked_tool t join ranking r on r.series_id = t.series_id where r.item_id = ${id} and t.name = ${tool}`
		);
		await writeEntry(tx, viewer, found!.id, parse(entryEdit, input));
		return found!.id;
	}
});

/** Somebody begins the Guide, colleagues write it together, and a first edition is issued. */
export const guide: NonNullable<DemoThing['more']> = [
	{
		...{ by: 'tomasz', after: '10d' },
		act: async (tx, viewer, id) => {
			const space = await row<{ id: string }>(tx, sql`select space_id as id from item where id = ${id}`);
			await beginGuide(tx, viewer, id, space!.id);
		}
	},
	...entries.flatMap(({ tool, by, says, later }) => [
		writes(by, '13d', tool, says),
		...(later ? [writes(later.by, '16d', tool, { ...says, ...later.adds, version: 1, note: later.note })] : [])
	]),
	{
		...{ by: 'tomasz', after: '20d' },
		act: (tx, viewer, id) => issueEdition(tx, viewer, id, parse(newGuideEdition, { name: 'Beta' }))
	}
];
