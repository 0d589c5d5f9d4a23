import type { FeedOf } from './input.ts';

/** Where a feed is read by whoever has signed in. @example feedAddress({ kind: 'tag', target: 'till' }, 'atom') */
export const feedAddress = ({ kind, target }: FeedOf, format: 'atom' | 'json') =>
	`/out/${kind}/${encodeURIComponent(target)}/${format}`;

/** Where a private address for it is made. */
export const followAddress = ({ kind, target }: FeedOf) =>
	`/settings/feeds?${new URLSearchParams({ kind, target }).toString()}`;
