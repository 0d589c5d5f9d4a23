/** What one person of the example keeps of their own work: nobody else of the example sees it. */
export const work = {
	by: 'hanneke',
	goals: [
		{
			title: 'No pallet in the wrong lane at loading time',
			sign: 'fewer than five a week',
			why: 'The shops wait half a day for what we load wrong.'
		},
		{
			title: 'Everybody in the late shift can do the cycle count',
			sign: 'each has done one without asking me',
			why: ''
		}
	],
	/** `goal`: its place above; `days` ago. */
	notes: [
		{
			kind: 'evidence',
			days: 61,
			goal: 0,
			text: 'Tried the blue tape over supplier labels on dock 3 for a week: two wrong pallets instead of nine.'
		},
		{
			kind: 'reflection',
			days: 44,
			goal: 0,
			text: 'I should have asked the drivers first. They had been turning the pallets round for months.'
		},
		{
			kind: 'evidence',
			days: 20,
			goal: 1,
			text: 'Piotr and Ama counted aisle 12 alone; the difference was one carton.'
		},
		{
			kind: 'reflection',
			days: 6,
			goal: 1,
			text: 'People learn the count by doing one beside somebody, not from my sheet.'
		}
	]
} as const;
