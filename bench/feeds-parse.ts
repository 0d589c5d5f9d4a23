import { parseFeed } from 'feedsmith';
import { readFeed } from '#src/feeds/server/reading/read-feed.ts';
import { feedCorpus } from './lib/feed-corpus.ts';
import { median } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';

const LEAST = 0.5;

/** Megabytes a second. */
function rate(bytes: number, work: () => void): number {
	const begin = performance.now();
	work();
	return bytes / 1e6 / ((performance.now() - begin) / 1000);
}

export default {
	name: 'feeds-parse',
	target: `≥ ${LEAST} of the bare parser on feeds that have one new post`,
	async run({ full }) {
		const corpus = feedCorpus(full ? 2000 : 400).map(({ now, next }, at) => {
			const url = `https://site-${at}.example/feed`;
			const before = readFeed(Buffer.from(now), '', url);
			return {
				url,
				text: next,
				body: Buffer.from(next),
				known: new Map(before.posts.map(({ raw, guid }) => [raw!, guid]))
			};
		});
		const bytes = corpus.reduce((sum, { body }) => sum + body.byteLength, 0);
		const bare = () => corpus.forEach(({ text }) => parseFeed(text, { maxItems: 500 }));
		let cleaned = 0;
		const again = () =>
			corpus.forEach(({ url, body, known }) => {
				cleaned += readFeed(body, 'application/xml', url, known).posts.filter(({ isKnown }) => !isKnown).length;
			});
		const first = () => corpus.forEach(({ url, body }) => void readFeed(body, 'application/xml', url));
		const rounds = Array.from({ length: full ? 7 : 5 }, () => [
			rate(bytes, bare),
			rate(bytes, again),
			rate(bytes, first)
		]);
		if (cleaned !== corpus.length * rounds.length) throw new Error(`${cleaned} posts were read anew.`);
		const [parser, ours, whole] = [0, 1, 2].map((at) => median(rounds.map((round) => round[at]!))) as [
			number,
			number,
			number
		];
		const share = ours / parser;
		console.log(
			`Read for the first time, every post cleaned: ${(whole / parser).toFixed(2)} (${whole.toFixed(1)} MB a second).`
		);
		const size = `${corpus.length.toLocaleString('en')} feeds, ${(bytes / 1e6).toFixed(0)} MB`;
		return {
			figure: `${share.toFixed(2)} (${ours.toFixed(1)} of ${parser.toFixed(1)} MB a second; ${size})`,
			ok: share >= LEAST
		};
	}
} satisfies Measure;
