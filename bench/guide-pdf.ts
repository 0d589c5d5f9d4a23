import { sql, connect, row, type Db } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { parse } from '#src/platform/server/parse.ts';
import { contexts } from '#src/rankings/ranking.ts';
import { entryEdit } from '#src/rankings/guide/input.ts';
import { issueEdition } from '#src/rankings/guide/server/editions.ts';
import { writeEntry } from '#src/rankings/guide/server/entries.ts';
import { beginGuide } from '#src/rankings/guide/server/guide.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aClosedRanking } from '#src/testing/rankings.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newRelease } from '#src/rankings/input.ts';
import { releaseResult } from '#src/rankings/server/release.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_SECONDS = 20;
const PAGES = 342;
/** Entries of three pages and a bit: title, contents and index are the rest. */
const TOOLS = 111;
const WORDS =
	'A tool is worth what one does with it on a bad day, when nobody is there to ask and the queue is long.'.split(' ');

/** So many words, some of which stand out and come into the index. */
const text = (words: number, seed: number) =>
	Array.from({ length: words }, (_, at) => {
		const word = WORDS[(at * 7 + seed) % WORDS.length]!;
		return at % 60 === 30 ? `**term ${seed} ${at}** ${word}` : at % 90 === 89 ? `${word}\n\n` : word;
	}).join(' ');

/** A ranking with so many tools, all with an entry. @returns its id */
async function aGuide(db: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const names = Array.from({ length: TOOLS }, (_, at) => `Tool ${at + 1}`);
	const id = await aClosedRanking(db, viewer, spaceId, { names });
	await db.execute(
		sql`update ranking_box set ballots = ${names.map((_, at) => at + 1).join('\n')} where ranking_id = ${id}`
	);
	await db.execute(sql`update ranking set places = 200 where item_id = ${id}`);
	await releaseResult(db, viewer, id, parse(newRelease, {}));
	await beginGuide(db, viewer, id, spaceId);
	const tools = (await db.execute(sql`select id from ranked_tool order by number`)) as unknown as { id: string }[];
	for (const [at, tool] of tools.entries()) {
		const uses = Object.fromEntries(contexts.map((context, of) => [context, text(230, at + of)]));
		const features = Array.from({ length: 8 }, (_, line) => `- ${text(14, at + line)}`).join('\n');
		await writeEntry(db, viewer, tool.id, parse(entryEdit, { summary: text(50, at), features, ...uses }));
	}
	return id;
}

export default {
	name: 'guide-pdf',
	target: `≤ ${MOST_SECONDS} s for ${PAGES} pages, by a worker, from issuing to the PDF`,
	async run() {
		const trellis = await startTrellis();
		const { db, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const id = await aGuide(db, viewer, spaceId);
			const begin = performance.now();
			const edition = await issueEdition(db, viewer, id, { name: 'First edition' });
			const made = await waitFor(db, edition);
			const seconds = (performance.now() - begin) / 1000;
			const figure = `${seconds.toFixed(1)} s for ${made.pages} pages (${(made.bytes / 1024).toFixed(0)} KB)`;
			return { figure, ok: made.pages >= PAGES && seconds <= MOST_SECONDS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;

/** The PDF that the worker of the program makes; looks ten times a second, a minute at most. */
async function waitFor(db: Db, edition: string): Promise<{ pages: number; bytes: number }> {
	for (let tries = 0; tries < 600; tries += 1) {
		const found = await row<{ pages: number; bytes: number }>(
			db,
			sql`select pages, octet_length(pdf) as bytes from guide_edition where id = ${edition} and pdf is not null`
		);
		if (found) return found;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error('The PDF did not come.');
}
