/** What came is no feed; the message says what it is instead. */
export class NotAFeed extends Error {
	/** It is a web page: it may name its feeds, or be what a sign-in put in the feed's place. */
	readonly isPage: boolean;
	constructor(message: string, isPage = false) {
		super(message);
		this.name = 'NotAFeed';
		this.isPage = isPage;
	}
}
