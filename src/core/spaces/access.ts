/** What the kinds of access mean, in the words of pages. */
export const accessOptions = [
	{ value: 'open', label: 'Open', hint: 'Everybody reads, and joins to write.' },
	{ value: 'closed', label: 'Closed', hint: 'Everybody can find it. Members read; stewards answer requests to join.' },
	{ value: 'secret', label: 'Secret', hint: 'Only members know that it exists. Stewards bring people in.' }
] as const;

export const kindOptions = [
	{ value: 'team', label: 'Team', hint: 'People who work together.' },
	{ value: 'community', label: 'Community of practice', hint: 'People with the same craft, across teams.' },
	{ value: 'interest', label: 'Interest group', hint: 'People who care about the same topic.' }
] as const;

export const kindLabels = {
	organisation: 'Everybody',
	...(Object.fromEntries(kindOptions.map(({ value, label }) => [value, label])) as Record<
		'team' | 'community' | 'interest',
		string
	>)
};

export const people = (count: number) => `${count} ${count === 1 ? 'person' : 'people'}`;
