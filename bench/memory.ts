import type { Measure } from './lib/run.ts';
import { load } from './lib/load.ts';
import { megabytes } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';

const LIMIT_MB = 180;

export default {
	name: 'memory',
	target: `≤ ${LIMIT_MB} MB`,
	async run() {
		const trellis = await startTrellis();
		try {
			console.log(`At start: ${megabytes(trellis.resident())} MB`);
			for (const path of ['/', '/readyz']) {
				const { rate } = await load({ url: trellis.url + path, amount: 5_000 });
				console.log(`After 5,000 more of ${path} (${Math.round(rate)}/s): ${megabytes(trellis.resident())} MB`);
			}
			const resident = megabytes(trellis.resident());
			return { figure: `${resident} MB`, ok: resident <= LIMIT_MB };
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
