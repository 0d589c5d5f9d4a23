import type { Measure } from './lib/run.ts';
import { fillQuestion } from './lib/fill.ts';
import { load, ratio } from './lib/load.ts';
import { startBaseline, startTrellis } from './lib/program.ts';

const LEAST = 0.35;

export default {
	name: 'question-page',
	target: `≥ ${LEAST} of the baseline`,
	async run({ full }) {
		const trellis = await startTrellis();
		try {
			const { questionId, cookie } = await fillQuestion(trellis.databaseUrl);
			const page = { url: `${trellis.url}/questions/${questionId}`, headers: { cookie }, seconds: full ? 10 : 4 };
			const { bytes } = await load({ ...page, amount: 500 });
			const baseline = await startBaseline(trellis.databaseUrl, bytes);
			try {
				console.log(`A page of ${Math.round(bytes / 1000)} KB.`);
				const share = await ratio(page, { url: baseline.url, seconds: page.seconds }, full ? 5 : 3);
				return { figure: share.toFixed(2), ok: share >= LEAST };
			} finally {
				await baseline.stop();
			}
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
