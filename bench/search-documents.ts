import { registerKinds } from '#src/app/server/kinds.ts';
import type { Measure } from './lib/run.ts';
import { fillIndex, isFilled } from './lib/search-bulk.ts';
import { EVERYWHERE, fillDocuments, random, vocabulary, zipf } from './lib/search-corpus.ts';
import { measure, type Asked } from './lib/search-run.ts';

/** What is sought inside documents. */
function classes(): Record<string, Asked> {
	const next = random(77);
	const rank = (from: number, to: number) => vocabulary[from + Math.floor(next() * (to - from))]!;
	const common = () => EVERYWHERE[Math.floor(next() * 3)]!;
	const some = (length: number) => Array.from({ length }, () => zipf(next)).join(' ');
	return {
		'typed: word and prefix': { full: false, make: () => `${rank(50, 2000)} ${rank(0, 20_000).slice(0, 3)}` },
		'typed: in a third of all parts': { full: false, make: common },
		'rare word': { full: true, make: () => rank(20_000, 50_000) },
		'middling word': { full: true, make: () => rank(100, 3000) },
		'in a third of all parts': { full: true, make: common },
		'common and middling': { full: true, make: () => `${common()} ${rank(100, 3000)}` },
		'three words': { full: true, make: () => some(3) },
		'six words': { full: true, make: () => some(6) },
		phrase: { full: true, make: () => `"${rank(0, 20)} ${rank(0, 20)}"` },
		'within a kind': { full: true, make: () => `${rank(100, 3000)} ${rank(100, 3000)} kind:resource` }
	};
}

export default {
	name: 'search-documents',
	target: 'p95 of the slowest kind of query ≤ 80 ms',
	async run({ full }) {
		registerKinds();
		const count = Number(process.env.SEARCH_ITEMS) || (full ? 100_000 : 1_000);
		const { worst } = await measure({
			...{ name: 'search-documents', count, asked: classes() },
			async fill(connection) {
				await fillDocuments(connection, count);
				if (!(await isFilled(connection.client))) await fillIndex(connection.client, { size: 400 });
			}
		});
		const slowest = Math.max(worst.typed, worst.full);
		return { figure: `${slowest.toFixed(1)} ms in ${count.toLocaleString('en')} documents`, ok: slowest <= 80 };
	}
} satisfies Measure;
