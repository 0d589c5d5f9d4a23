import { connect, row, sql } from '#src/platform/server/db.ts';
import type { Measure } from './lib/run.ts';
import { startTrellis } from './lib/program.ts';
import { anAskedCrowd, sendAnswer } from './lib/survey-people.ts';

const LEAST = 500;
const AT_ONCE = 64;

/** All tokens' answers, so many at once. @returns answers a second */
async function rate(url: string, survey: string, tokens: readonly string[]): Promise<number> {
	const waiting = [...tokens];
	const begin = performance.now();
	const answerer = async () => {
		for (let token = waiting.pop(); token; token = waiting.pop()) {
			const { status, said } = await sendAnswer(url, survey, token);
			if (status !== 204) throw new Error(`An answer came back with ${status}: ${said}`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, answerer));
	return tokens.length / ((performance.now() - begin) / 1000);
}

/** An answer is lost where it was acknowledged and is not there. */
async function lost(databaseUrl: string, survey: string, sent: number): Promise<number> {
	const { db, close } = connect(databaseUrl, 1);
	const found = await row<{ many: number }>(
		db,
		sql`select count(*)::int as many from survey_answer where survey_id = ${survey}`
	);
	await close();
	return sent - found!.many;
}

export default {
	name: 'survey-submit',
	target: `≥ ${LEAST} answers a second to one anonymous survey through the API, 0 lost`,
	async run({ full }) {
		const trellis = await startTrellis();
		try {
			const [warm, many] = [400, full ? 6000 : 2000];
			const { surveys, tokens } = await anAskedCrowd(trellis.databaseUrl, { surveys: 2, people: warm + many });
			const secrets = tokens.map(({ token }) => token);
			const [first, second] = surveys as [string, string];
			await rate(trellis.url, first, secrets.splice(0, warm));
			const perSecond = await rate(trellis.url, second, secrets);
			const missing = await lost(trellis.databaseUrl, second, secrets.length);
			const figure = `${Math.round(perSecond)} a second of ${secrets.length.toLocaleString('en')}, ${missing} lost`;
			return { figure, ok: perSecond >= LEAST && missing === 0 };
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
