import type { FeedFormat, FeedOf } from './input.ts';

/** Where a feed is read by whoever has signed in. @example feedAddress({ kind: 'tag', target: 'till' }, 'atom') */
export const feedAddress = ({ kind, target }: FeedOf, format: FeedFormat) =>
	`/out/${kind}/${encodeURIComponent(target)}/${format}`;

/** Where a private address for it is made. */
export const followAddress = ({ kind, target }: FeedOf) =>
	`/settings/feeds?${new URLSearchParams({ kind, target }).toString()}`;
