import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';
import { openDatabase } from '#src/app/server/database.ts';
import { wire } from '#src/app/server/wire.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { median } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';

const LEAST = 0.5;
const AT_ONCE = 8;
const bodyMd = 'Hold the green key for **five seconds** until the screen says `RESET`. '.repeat(3);
const bodyHtml = '<p>Hold the green key for <strong>five seconds</strong> until the screen says RESET.</p>\n'.repeat(3);
const title = 'How do I reset the till at the second desk?';

/** Asks and answers as the application does. */
async function throughTrellis(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	const input = { spaceId, title, bodyMd, tags: ['till'], anonymous: false };
	const questionId = await askQuestion(db, viewer, input);
	await answerQuestion(db, viewer, questionId, { bodyMd });
}

/** The rows the two commands leave behind, in two transactions, and nothing else. */
async function bare(client: postgres.Sql, viewer: Viewer, spaceId: string): Promise<void> {
	const [asked, answer, me] = [newId(), newId(), viewer.id];
	await client.begin(async (tx) => {
		await insertItem(tx, { id: asked, kind: 'question', spaceId, parent: null, title, me });
		await tx`insert into question (item_id, climb_at) values (${asked}, now())`;
		await tx`insert into follow (person_id, target_kind, target) values (${me}, 'item', ${asked})`;
		await insertSignal(tx, { me, verb: 'asked', item: asked, spaceId });
		await insertJob(tx, { name: 'item.created', itemId: asked });
	});
	await client.begin(async (tx) => {
		await insertItem(tx, { id: answer, kind: 'answer', spaceId, parent: asked, title: '', me });
		await tx`update question set answer_count = answer_count + 1 where item_id = ${asked}`;
		await tx`update item set active_at = now() where id = ${asked}`;
		await insertSignal(tx, { me, verb: 'answered', item: answer, spaceId });
		await insertJob(tx, { name: 'item.created', itemId: answer });
		await insertJob(tx, { name: 'question.answered', itemId: answer });
	});
}

interface Row {
	id: string;
	kind: string;
	spaceId: string;
	parent: string | null;
	title: string;
	me: string;
}

async function insertItem(tx: postgres.TransactionSql, { id, kind, spaceId, parent, title, me }: Row): Promise<void> {
	await tx`insert into item (id, kind, space_id, parent_id, title, body_md, body_html, author_id)
		values (${id}, ${kind}, ${spaceId}, ${parent}, ${title}, ${bodyMd}, ${bodyHtml}, ${me})`;
	await tx`insert into revision (item_id, version, title, body_md, tags, editor_id)
		values (${id}, 1, ${title}, ${bodyMd}, '{till}', ${me})`;
}

const insertSignal = (
	tx: postgres.TransactionSql,
	{ me, verb, item, spaceId }: { me: string; verb: string; item: string; spaceId: string }
) =>
	tx`insert into signal (id, actor_id, verb, item_id, space_id) values (${newId()}, ${me}, ${verb}, ${item}, ${spaceId})`;

const insertJob = (tx: postgres.TransactionSql, data: Record<string, string>) =>
	tx`insert into pgboss.job (name, data) values ('event', ${JSON.stringify(data)})`;

/** Pairs of question and answer a second, several writers at once. */
async function rate(work: () => Promise<void>, seconds: number): Promise<number> {
	const begin = performance.now();
	const end = begin + seconds * 1000;
	let done = 0;
	const writer = async () => {
		while (performance.now() < end) {
			await work();
			done += 1;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, writer));
	return done / ((performance.now() - begin) / 1000);
}

export default {
	name: 'writes',
	target: `≥ ${LEAST} of the bare statements`,
	async run({ full }) {
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-writes-'));
		const database = await openDatabase(readConfig({ ...process.env, DATABASE_URL: '', DATA_DIR: dataDir }));
		const { db, client, close } = connect(database.url, AT_ONCE);
		try {
			wire(db);
			await startJobs(database.url, false);
			await client`insert into organisation (name) values ('Bench')`;
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const subject: number[] = [];
			const baseline: number[] = [];
			for (let round = 0; round < (full ? 6 : 4); round += 1) {
				subject.push(await rate(() => throughTrellis(db, viewer, spaceId), full ? 8 : 3));
				baseline.push(await rate(() => bare(client, viewer, spaceId), full ? 8 : 3));
			}
			// The first round warms up.
			const [commands, statements] = [subject, baseline].map((rates) => rates.slice(1));
			console.log(
				`commands ${commands!.map(Math.round).join(' ')}, statements ${statements!.map(Math.round).join(' ')} pairs a second`
			);
			const share = median(commands!) / median(statements!);
			return { figure: share.toFixed(2), ok: share >= LEAST };
		} finally {
			await stopJobs();
			await close();
			await database.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
} satisfies Measure;
