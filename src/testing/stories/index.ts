import { neighbours, serials } from './others.ts';
import { stories } from './told.ts';
import { versions, type Version } from './versions.ts';

/** A post of the set: the feed that holds it and the story that it tells. */
export interface LabelledPost extends Version {
	feed: string;
	story: string;
	/** Hours since it was published. */
	age: number;
}

/** Two posts of different feeds, and whether they tell one story. */
export interface LabelledPair {
	one: LabelledPost;
	other: LabelledPost;
	same: boolean;
	/** What makes it hard. */
	kind: string;
}

/**
 * The labelled set for “one story, one entry”: 31 written stories as nine feeds tell them, what is close to them and is
 * another story, and series whose numbers resemble each other. Described in docs/feeds.md.
 */
export function labelledSet(): { posts: LabelledPost[]; pairs: LabelledPair[] } {
	const [told, series] = [toldPairs(), serialPairs()];
	return { posts: [...told.posts, ...series.posts], pairs: [...told.pairs, ...series.pairs] };
}

function toldPairs() {
	const posts: LabelledPost[] = [];
	const pairs: LabelledPair[] = [];
	stories.forEach((written, at) => {
		const make = (feed: string, story: string, version: Version, age: number): LabelledPost => {
			const post = { feed, story, age, ...version };
			posts.push(post);
			return post;
		};
		const original = make('original', `story ${at}`, versions.original!(written, at), 40 + at);
		for (const [kind, tell] of Object.entries(versions).slice(1)) {
			const other = make(kind, `story ${at}`, tell(written, at), 20 + at);
			pairs.push({ one: original, other, same: true, kind });
		}
		for (const [kind, tell] of Object.entries(neighbours)) {
			const other = make(kind, storyOf(kind, at), tell(written, at), 10 + at);
			pairs.push({ one: original, other, same: false, kind });
		}
	});
	return { posts, pairs };
}

/** Three feeds have the very report, under different titles and turned round. */
const storyOf = (kind: string, at: number) =>
	['another report', 'the same title', 'the same quote'].includes(kind) ? `report ${at}` : `${kind} ${at}`;

function serialPairs() {
	const posts: LabelledPost[] = [];
	const pairs: LabelledPair[] = [];
	for (const [kind, { same, one, other, length }] of Object.entries(serials)) {
		const numbers = Array.from({ length }, (_, at) => at);
		const make = (feed: string, tell: (at: number) => Version, isOwn: boolean) =>
			numbers.map((at) => ({
				feed,
				story: `${kind} ${at}${isOwn ? ` of ${feed}` : ''}`,
				age: 10 + 20 * at,
				...tell(at)
			}));
		const [here, there] = [make(`${kind} here`, one, false), make(`${kind} there`, other, !same)];
		posts.push(...here, ...there);
		for (const at of numbers) {
			pairs.push({ one: here[at]!, other: there[at]!, same, kind });
			if (at > 0) pairs.push({ one: here[at]!, other: there[at - 1]!, same: false, kind: `${kind}, another number` });
		}
	}
	return { posts, pairs };
}
