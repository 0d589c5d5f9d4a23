import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { wire } from '#src/app/server/wire.ts';
import { connect } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { migrate } from '#src/platform/server/migrate.ts';

/** Tests lose nothing when the machine does; their databases are small and short-lived. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/** Starts one PostgreSQL for the run and migrates a template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-test-'));
	const server = await startEmbeddedPostgres(folder, { settings: FAST });
	const admin = connect(server.url.replace('/trellis?', '/postgres?'), 1);
	await admin.client.unsafe('create database template_trellis');
	await admin.close();
	const templateUrl = server.url.replace('/trellis?', '/template_trellis?');
	const template = connect(templateUrl, 2);
	await migrate(template);
	wire(template.db);
	await template.close();
	await startJobs(templateUrl, false);
	await stopJobs();
	project.provide('templateUrl', templateUrl);
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
}
