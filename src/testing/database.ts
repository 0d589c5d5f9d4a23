import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { wire } from '#src/app/server/wire.ts';
import { openClient } from '#src/platform/server/client.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { openVault } from '#src/platform/server/vault.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the migrated template database of this run. */
		templateUrl: string;
	}
}

/** What tests and the processes they start seal with: it guards nothing. */
export const TEST_SECRET = 'the key of all tests, which guards nothing';

export interface TestDatabase extends Connection {
	url: string;
}

/**
 * A database of its own for a test file: a copy of the migrated template, with its
 * queues open. Closed after the file's last test. Await it at the top of the file.
 * @param work also run the jobs
 */
export async function testDatabase({ work = false } = {}): Promise<TestDatabase> {
	const url = await createDatabase('template_trellis');
	const connection = connect(url, 5);
	openVault({ SECRET: TEST_SECRET, DATA_DIR: '' });
	wire(connection.db);
	await startJobs(url, work);
	afterAll(async () => {
		await stopJobs();
		await connection.close();
	});
	return { url, ...connection };
}

/** A database with nothing in it. @returns its address */
export const emptyDatabase = (): Promise<string> => createDatabase('template1');

async function createDatabase(template: string): Promise<string> {
	const base = inject('templateUrl');
	const name = `test_${randomBytes(6).toString('hex')}`;
	const admin = openClient(base.replace('/template_trellis?', '/postgres?'), 1);
	await admin.client.unsafe(`create database ${name} template ${template}`);
	await admin.close();
	return base.replace('/template_trellis?', `/${name}?`);
}
