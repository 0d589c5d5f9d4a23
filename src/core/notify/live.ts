/** What an open page hears. */
export interface LiveCount {
	unread: number;
}

/** Something new on the page: an answer or a comment. */
export interface Added {
	kind: string;
	id: string;
}
