/** A sentence that says why a file cannot be read; it is shown to people. */
export class Unreadable extends Error {
	constructor(sentence: string) {
		super(sentence);
		this.name = 'Unreadable';
	}
}
