import type { Measure } from './lib/run.ts';
import { fillQuestion } from './lib/fill.ts';
import { load, ratio } from './lib/load.ts';
import { startBaseline, startTrellis } from './lib/program.ts';

const LEAST = 0.6;
/** The API grants each person ten calls a second, so many people call. */
const CALLERS = 150;

export default {
	name: 'question-api',
	target: `≥ ${LEAST} of the baseline`,
	async run({ full }) {
		const trellis = await startTrellis();
		try {
			const { questionId, tokens } = await fillQuestion(trellis.databaseUrl, CALLERS);
			const url = `${trellis.url}/api/v1/questions/${questionId}`;
			const callers = tokens.map((token) => ({ headers: { authorization: `Bearer ${token}` } }));
			const call = { url, requests: callers, seconds: full ? 10 : 4 };
			const { bytes } = await load({ ...call, amount: CALLERS * 16 });
			const baseline = await startBaseline(trellis.databaseUrl, bytes);
			try {
				console.log(`An answer of ${Math.round(bytes / 1000)} KB.`);
				const share = await ratio(call, { url: baseline.url, seconds: call.seconds }, full ? 5 : 3);
				return { figure: share.toFixed(2), ok: share >= LEAST };
			} finally {
				await baseline.stop();
			}
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
