import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { flags, node, root } from './prepare.js';

/** Loses the connection that it holds, goes on with it, and then takes another. */
const program = `
	import { openClient } from '${join(root, 'src/platform/server/client.ts')}';
	const { client, close } = openClient(process.env.DATABASE_URL, 1);
	const one = await client.reserve();
	const ended = await one\`select pg_terminate_backend(pg_backend_pid())\`.catch((error) => error.code);
	await new Promise((done) => setTimeout(done, 50));
	const lost = await one\`select 1\`.catch((error) => error.code);
	one.release();
	// Who is the first to take it hears that it was lost; then it is made anew.
	const ask = () => client\`select 1 as one\`;
	const [found] = await ask().catch(ask);
	console.log(ended, lost, found.one);
	await close();
`;

test('a connection that is lost costs what is asked of it, never the process', async () => {
	const { url } = await testDatabase();
	const run = (given: string[]) =>
		spawnSync(node, [...given, '--input-type=module', '--eval', program], {
			...{ cwd: root, env: { ...process.env, DATABASE_URL: url }, encoding: 'utf8', timeout: 30_000 }
		});
	// Once the driver has mended this itself, ours may go.
	expect(run([]).stderr).toContain("reading 'write'");
	const { stdout, stderr } = run(flags);
	expect(stdout, stderr).toContain('CONNECTION_CLOSED 1');
});
