import { makeRequest } from '#src/library/requests/server/requests.ts';
import type { DemoThing } from '../../shape.ts';

const request =
	(title: string, bodyMd: string, tags: string[]): DemoThing['make'] =>
	(tx, viewer, spaceId) =>
		makeRequest(tx, viewer, { spaceId, title, bodyMd, tags });

export const requests: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'nora', at: '6 10:10' },
		make: request(
			'Who can show me how you run a stand-up with half the team on a headset?',
			'Ours turn into six monologues. I would like to see three minutes of a good one.',
			['meetings']
		),
		comments: [{ by: 'priya', after: '5h', body: 'Come by on Thursday, or I record the next one.' }]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'yusuf', at: '4 14:30' },
		make: request(
			'Who can show me the knot for loads that are taller than the pallet?',
			'Piotr did it last year, in ten seconds. I have seen it twice and cannot do it.',
			['pallets', 'safety']
		)
	},
	{
		...{ space: 'spreadsheets', by: 'jorge', at: '8 14:20' },
		make: request(
			'Who can show me a chart that says it is late without a legend?',
			'Mine need a paragraph beside them.',
			['charts']
		)
	}
];
