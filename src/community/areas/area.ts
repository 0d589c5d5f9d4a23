/** What people of an area can take on; everything else they say in their own words. */
export const duties = ['welcome', 'questions', 'programme', 'content', 'measuring'] as const;
export type Duty = (typeof duties)[number];
export const dutyLabels: Record<Duty, string> = {
	welcome: 'Welcoming newcomers',
	questions: 'Unanswered questions',
	programme: 'The programme of activities',
	content: 'What is written and shared',
	measuring: 'Measuring by the work'
};

/** For how long nobody is asked again who declined or left. */
export const PEACE_DAYS = 90;

export interface AreaSpace {
	id: string;
	slug: string;
	name: string;
}

/** A space of an area, with whether the viewer looks after it. */
export interface TendedSpace extends AreaSpace {
	tends: boolean;
}

export interface AreaPerson {
	id: string;
	name: string;
	image: string | null;
	duties: Duty[];
	ownWords: string;
}

export interface Area {
	id: string;
	name: string;
	purpose: string;
	version: number;
	/** Those that the viewer may know of. */
	spaces: TendedSpace[];
	/** Who shares it; the longest first. */
	people: AreaPerson[];
	/** To whom it is offered, for those who could offer it too. */
	offered: AreaPerson[];
	/** What nobody of them has taken on. */
	untaken: Duty[];
	/** How the viewer stands to it. */
	mine: { state: 'shared' | 'offered' | 'declined'; by: string; duties: Duty[]; ownWords: string } | null;
	/** May change its name and end it. */
	canChange: boolean;
	/** May ask somebody to share it. */
	canOffer: boolean;
}

/** A space that hangs on one person, or on nobody. */
export interface LonelySpace extends AreaSpace {
	/** The only one who looks after it. */
	by: { id: string; name: string } | null;
	/** An area that it is in already, where somebody can be asked to share it. */
	area: { id: string; name: string } | null;
}

/** Somebody who could share an area. */
export interface Candidate {
	id: string;
	name: string;
	headline: string;
	image: string | null;
	/** A day, such as `2030-03-12`, before which they are not asked again. */
	peaceUntil: string | null;
}

/** What somebody takes on, in one line. */
export const dutiesInWords = ({ duties, ownWords }: Pick<AreaPerson, 'duties' | 'ownWords'>): string =>
	[...duties.map((one) => dutyLabels[one]), ...(ownWords ? [ownWords] : [])].join(', ');
