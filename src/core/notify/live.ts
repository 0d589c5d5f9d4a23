/** What an open page hears. */
export interface LiveCount {
	unread: number;
	/** The newest notification, so that a page knows whether it shows it. */
	latest: string | null;
}

/** Something new on the page: an answer or a comment. */
export interface Added {
	kind: string;
	id: string;
}
