import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#src/app/server/database.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, sql } from '#src/platform/server/db.ts';
import { mergeLabelled } from '#src/testing/stories/measure.ts';
import type { Measure } from './lib/run.ts';

const PRECISION = 0.98;
const RECALL = 0.85;

export default {
	name: 'same-story',
	target: `precision ≥ ${PRECISION}, recall ≥ ${RECALL} on the labelled set, in the worst order of reading`,
	async run({ full }) {
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-stories-'));
		const database = await openDatabase(readConfig({ DATA_DIR: dataDir }));
		const { db, close } = connect(database.url, 4);
		const worst = { precision: 1, recall: 1 };
		try {
			for (let order = 1; order <= (full ? 12 : 4); order += 1) {
				const { pairs, precision, recall, missed, wrong } = await mergeLabelled(db, order);
				console.log(`order ${order}: ${pairs} pairs, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
				for (const { kind, one } of missed) console.log(`  missed, ${kind}: ${one.title}`);
				for (const [one, other] of wrong) console.log(`  wrong, ${one.feed} / ${other.feed}: ${one.title}`);
				worst.precision = Math.min(worst.precision, precision);
				worst.recall = Math.min(worst.recall, recall);
				await db.execute(sql`delete from feed`);
				await db.execute(sql`delete from feed_entry`);
			}
		} finally {
			await close();
			await database.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
		const { precision, recall } = worst;
		return {
			figure: `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
			ok: precision >= PRECISION && recall >= RECALL
		};
	}
} satisfies Measure;
