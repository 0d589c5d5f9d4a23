/** A page on which a space is looked after. */
export interface Part {
	href: string;
	label: string;
}

/** The pages on which a space is looked after, in the order of their links. @param base `/spaces/till` */
export const partsOf = (base: string): Part[] => [{ href: `${base}/community`, label: 'What to do' }];
