import { newFaq } from '#src/library/faqs/input.ts';
import { addFaqEntry, makeFaq } from '#src/library/faqs/server/write.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import type { DemoThing } from '../../shape.ts';

export const faqs: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'nora', at: '5 11:30' },
		make: async (tx, viewer, spaceId) => {
			const id = await makeFaq(
				tx,
				viewer,
				newFaq.parse({
					spaceId,
					title: 'What people ask in their first weeks',
					bodyMd: 'Asked and answered here, more than once. Each leads back to where it was asked.',
					tags: 'new-here'
				})
			);
			const answered = await rows<{ id: string }>(
				tx,
				sql`select i.id from item i join question q on q.item_id = i.id
					where i.space_id = ${spaceId} and q.accepted_answer_id is not null and i.state = 'open'
					order by i.created_at limit 3`
			);
			for (const question of answered) await addFaqEntry(tx, viewer, id, question.id);
			return id;
		},
		helped: [['kit', 15]]
	}
];
