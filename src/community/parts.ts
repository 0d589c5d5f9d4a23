/** A page on which a space is looked after. */
export interface Part {
	href: string;
	label: string;
}

/**
 * The pages on which a space is looked after, in the order of their links.
 * @param base `/spaces/till`
 * @param tends whether the viewer looks after it; what everybody reads comes for all
 */
export const partsOf = (base: string, tends: boolean): Part[] => [
	...(tends ? [{ href: `${base}/community`, label: 'What to do' }] : []),
	{ href: `${base}/community/plan`, label: 'Plan' },
	{ href: `${base}/community/programme`, label: 'Programme' },
	{ href: `${base}/community/practice`, label: 'Practice' }
];
