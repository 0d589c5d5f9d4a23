/** Why nothing could be pulled, in words for whoever looks after the figure. */
export class NotPulled extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'NotPulled';
	}
}
