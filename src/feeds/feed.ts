export type FeedState = 'waiting' | 'live' | 'failing' | 'gone';

/** Sound or film that comes with an entry. */
export interface Media {
	url: string;
	/** Media type. */
	type: string;
	/** Null where it is not told. */
	seconds: number | null;
}
