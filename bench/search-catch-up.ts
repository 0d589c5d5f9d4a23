import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerKinds } from '#src/app/server/kinds.ts';
import { catchUp } from '#src/core/search/server/indexing.ts';
import { connect } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import type { Measure } from './lib/run.ts';
import { fillItems } from './lib/search-corpus.ts';

export default {
	name: 'search-catch-up',
	target: '≥ 1,500 items a second',
	/** How fast the index takes in what was imported, with the server as safe as in production. */
	async run({ full }) {
		registerKinds();
		const count = full ? 100_000 : 20_000;
		const folder = mkdtempSync(join(tmpdir(), 'trellis-bench-catch-up-'));
		const postgres = await startEmbeddedPostgres(folder);
		const connection = connect(postgres.url, 2);
		try {
			await migrate(connection);
			await fillItems(connection, count);
			const begin = performance.now();
			await catchUp(connection.db);
			const rate = Math.round(count / ((performance.now() - begin) / 1000));
			return {
				figure: `${rate.toLocaleString('en')} items a second of ${count.toLocaleString('en')}`,
				ok: rate >= 1500
			};
		} finally {
			await connection.close();
			await postgres.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	}
} satisfies Measure;
