import type { Post } from './reading/post.ts';

/** So many of its newest posts tell how often a feed posts. */
const LATELY = 20;
const MINUTE = 60_000;

/**
 * Minutes between a feed's posts: the middle one of the gaps between its newest, or half the time it has been silent
 * if that is longer.
 * @returns 0 where fewer than three of its posts have a date
 */
export function gapOf(posts: Pick<Post, 'publishedAt'>[], now: Date): number {
	const times = posts
		.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []))
		.sort((a, b) => b - a)
		.slice(0, LATELY);
	if (times.length < 3) return 0;
	const gaps = times.slice(1).map((time, at) => times[at]! - time);
	const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
	const silence = (now.getTime() - times[0]!) / 2;
	return Math.min(Math.max(1, Math.round(Math.max(middle, silence) / MINUTE)), 525_600);
}
