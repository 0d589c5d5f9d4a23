/** What entitles to ask something of people beside a law: a recorded lack of knowledge or skill. Those asked read it. */
export interface Ground {
	id: string;
	/** The problem at work behind it. */
	title: string;
	/** What shows the lack. */
	says: string;
	/** Where more of it is read, for those who may. */
	href: string;
}
