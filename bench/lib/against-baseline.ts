import { fillQuestion, type Filled } from './fill.ts';
import { load, ratio, type Load } from './load.ts';
import { startBaseline, startTrellis } from './program.ts';
import type { Measure } from './run.ts';

interface Subject {
	name: string;
	/** The share of the baseline's throughput that is wanted. */
	least: number;
	/** People who read, each with a session and a token. */
	readers: number;
	request(filled: Filled, url: string): Load;
}

/** How many requests a second Trellis answers, as a share of the bare baseline with answers of the same size. */
export function againstBaseline({ name, least, readers, request }: Subject): Measure {
	return {
		name,
		target: `≥ ${least} of the baseline`,
		async run({ full }) {
			const trellis = await startTrellis();
			try {
				const asked = {
					...request(await fillQuestion(trellis.databaseUrl, readers), trellis.url),
					seconds: full ? 10 : 4
				};
				const { bytes } = await load({ ...asked, amount: readers * 16 });
				const baseline = await startBaseline(trellis.databaseUrl, bytes);
				try {
					console.log(`An answer of ${Math.round(bytes / 1000)} KB.`);
					const share = await ratio(asked, { url: baseline.url, seconds: asked.seconds }, full ? 5 : 3);
					return { figure: share.toFixed(2), ok: share >= least };
				} finally {
					await baseline.stop();
				}
			} finally {
				await trellis.stop();
			}
		}
	};
}
