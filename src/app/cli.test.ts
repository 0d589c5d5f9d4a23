import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';

const { db, url } = await testDatabase();
/** Each start of the command line is a process of its own, which takes seconds on a busy machine. */
const MANY_STARTS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'trellis-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as people do, on this file's database. */
function trellis(...words: string[]): Promise<{ code: number; out: string; err: string }> {
	const env = { ...process.env, DATABASE_URL: url, DATA_DIR: folder };
	return new Promise((done) =>
		execFile(process.execPath, ['src/app/cli.ts', ...words], { env }, (error, out, err) =>
			done({ code: error ? Number(error.code) : 0, out, err })
		)
	);
}

test(
	'without words it tells what there is, and what each takes',
	async () => {
		const { code, out } = await trellis();
		expect(code).toBe(0);
		for (const command of ['import stackexchange', 'import markdown', 'export site', 'demo', 'status', 'forget-key']) {
			expect(out).toContain(command);
			const { code, out: help } = await trellis('help', ...command.split(' '));
			expect(code).toBe(0);
			expect(help).toContain(`npm run trellis -- ${command}`);
		}
	},
	MANY_STARTS
);

test.each([
	[['dance'], /no command "dance"/],
	[['import', 'markdown'], /Name the folder/],
	[['import', 'markdown', 'a', 'b', '--space', 'x'], /at a time/],
	[['import', 'markdown', 'a'], /--space/],
	[['import', 'stackexchange', 'a', '--as', 'palace'], /--as is one of/],
	[['export', 'site', 'a'], /Name the space and the folder/],
	[['export', 'site', 'a', 'b'], /--as/],
	[['demo', '--wat'], /Unknown option '--wat'/]
])('called in a wrong way: %j', async (words, message) => {
	const { code, err } = await trellis(...words);
	expect(code).toBe(2);
	expect(err).toMatch(message);
	expect(err).not.toContain('    at ');
});

test('what cannot be done is said in a sentence', async () => {
	const nowhere = await trellis('import', 'stackexchange', folder);
	expect(nowhere).toMatchObject({ code: 2, err: `There is no Posts.xml in ${folder}.\n` });
	expect(await row(db, sql`select 1 from space`)).toBeUndefined();
	const none = await trellis('import', 'markdown', folder, '--space', 'none');
	expect(none).toMatchObject({ code: 1, err: 'There is no space "none".\n' });
	await aSpace(db, { slug: 'here' });
	const nobody = await trellis('import', 'markdown', folder, '--space', 'here');
	expect(nobody).toMatchObject({ code: 1, err: 'There is no admin yet: name an author with --author.\n' });
});

test(
	'fills the example, imports beside it, and counts',
	async () => {
		const demo = await trellis('demo');
		expect(demo).toMatchObject({ code: 0, err: '' });
		expect(demo.out).toContain('nora@harrowfinch.example');
		expect(await trellis('demo')).toMatchObject({ code: 1, out: '' });
		writeFileSync(join(folder, 'hello.md'), '# Hello\n\nThere.');
		const markdown = await trellis('import', 'markdown', folder, '--space', 'everybody', '--name', 'hello');
		expect(markdown.out).toContain('1 read, 1 written');
		const page = await row<{ title: string; author: string }>(
			db,
			sql`select i.title, p.name as author from item i join person p on p.id = i.author_id where provenance ->> 'source' = 'markdown:hello'`
		);
		expect(page).toEqual({ title: 'Hello', author: 'Nora Ashdown' });
		expect((await trellis('status')).out).toMatch(/\b17 {2}items of kind page/);
	},
	MANY_STARTS
);
