/** A link as another program gave it away. */
export interface RawLink {
	url: string;
	title?: string;
	note?: string;
	tags?: string[];
	/** Names of the folders or collections it lies in; the innermost becomes a tag. */
	folder?: string;
	/** Milliseconds since 1970, or a text that is a date. */
	addedAt?: number | string;
}
