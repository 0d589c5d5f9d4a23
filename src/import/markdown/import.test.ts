import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { openFiles } from '#src/platform/server/files.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { importMarkdown } from './import.ts';

const { db } = await testDatabase();
const temporary = mkdtempSync(join(tmpdir(), 'trellis-markdown-'));
openFiles({ DATA_DIR: temporary, FILES_URL: undefined });
afterAll(() => rmSync(temporary, { recursive: true }));
const author = await aPerson(db);
const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2a6' } })
	.png()
	.toBuffer();

let trees = 0;
function tree(files: Record<string, string | Buffer>): string {
	const folder = join(temporary, `tree-${(trees += 1)}`);
	write(folder, files);
	return folder;
}
function write(folder: string, files: Record<string, string | Buffer>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
}

interface Found {
	id: string;
	path: string;
	title: string;
	body_md: string;
	body_html: string;
	tags: string[];
	version: number;
	state: string;
}
async function pagesOf(spaceId: string): Promise<Record<string, Found>> {
	const found = await rows<Found>(
		db,
		sql`select id, provenance ->> 'id' as path, title, body_md, body_html, tags, version, state from item where space_id = ${spaceId}`
	);
	return Object.fromEntries(found.map((page) => [page.path, page]));
}
async function imported(files: Record<string, string | Buffer>, more: { prune?: boolean } = {}) {
	const folder = tree(files);
	const spaceId = await aSpace(db);
	const result = await importMarkdown(db, { folder, spaceId, author, ...more });
	return { folder, spaceId, ...result, pages: await pagesOf(spaceId) };
}
const reasons = (list: Record<string, unknown>) => Object.keys(list).sort();

test('titles, tags and dates come from front matter, headings, and names', async () => {
	const { pages, report } = await imported({
		'guide.md':
			'---\ntitle: The guide\ntags: [Tills, "Night Shift", .net]\ndate: 2024-02-03\n---\n# The guide\n\nHello.',
		'heading.md': '# Set up `the` till\n\nFirst.\n\n# Second',
		'setext.md': 'Underlined\n==========\n\nText.',
		'02-getting_started.md': 'Text only.',
		'shops/README.md': 'About shops.',
		'other.md': '---\ntitle: One\n---\n# Another\n\nText.'
	});
	const titles = Object.fromEntries(Object.entries(pages).map(([path, { title }]) => [path, title]));
	expect(titles).toEqual({
		'guide.md': 'The guide',
		'heading.md': 'Set up the till',
		'setext.md': 'Underlined',
		'02-getting_started.md': 'Getting started',
		'shops/README.md': 'Shops',
		'other.md': 'One'
	});
	expect(pages['guide.md']).toMatchObject({ tags: ['tills', 'night-shift', 'net'], body_md: 'Hello.' });
	expect(pages['other.md']!.body_md).toBe('# Another\n\nText.');
	const made = await row<{ at: string }>(
		db,
		sql`select created_at as at from item where id = ${pages['guide.md']!.id}`
	);
	expect(new Date(made!.at).toISOString()).toBe('2024-02-03T00:00:00.000Z');
	expect(report).toMatchObject({ read: 6, written: 6, skipped: {}, changed: {} });
});

test('the highest heading under the title is the first, and code keeps its signs', async () => {
	const { pages } = await imported({
		'a.md': '# Title\n\n## One\n\n### Two\n\n```\n## code\n```\n\n## Three',
		'b.md': '# T\n\n# A\n\n## B'
	});
	expect(pages['a.md']!.body_md).toBe('# One\n\n## Two\n\n```\n## code\n```\n\n# Three');
	expect(pages['b.md']!.body_md).toBe('# A\n\n## B');
});

test('links between files lead to their pages, images are stored', async () => {
	const { pages, files, report } = await imported({
		'a.md': [
			'[b](sub/b.md#part) and [by name](./sub/b) and [folder](sub/) and [site](/docs/sub/b.html "Title") and [out](https://example.org/a.md)',
			'![photo](img/p%20q.png) [![badge](img/p%20q.png)](sub/b.md) [gone](nowhere.md) ![gone too](no.png) [up](../../secret.md)',
			'`[code](sub/b.md)` and [ref][r]',
			'```\n[fenced](sub/b.md)\n```',
			'[r]: sub/b.md'
		].join('\n\n'),
		'sub/b.md': '[back](../a.md) ![served](/img/s.png)',
		'static/img/s.png': photo,
		'sub/index.md': 'Index of sub.',
		'img/p q.png': photo
	});
	const [b, index] = [pages['sub/b.md']!.id, pages['sub/index.md']!.id];
	const lines = pages['a.md']!.body_md.split('\n\n');
	expect(lines[0]).toBe(
		`[b](/pages/${b}#part) and [by name](/pages/${b}) and [folder](/pages/${index}) and [site](/pages/${b} "Title") and [out](https://example.org/a.md)`
	);
	expect(lines[1]).toMatch(
		new RegExp(`^!\\[photo\\]\\((/files/[^)]+\\.png)\\) \\[!\\[badge\\]\\(\\1\\)\\]\\(/pages/${b}\\) gone gone too up$`)
	);
	expect(lines[2]).toBe('`[code](sub/b.md)` and [ref][r]');
	expect(lines[3]).toContain('[fenced](sub/b.md)');
	expect(lines[4]).toBe(`[r]: /pages/${b}`);
	expect(pages['sub/b.md']!.body_md).toMatch(
		new RegExp(`^\\[back\\]\\(/pages/${pages['a.md']!.id}\\) !\\[served\\]\\(/files/.+\\.png\\)$`)
	);
	expect(files).toBe(2);
	expect(await rows(db, sql`select 1 from item_file where item_id = ${pages['a.md']!.id}`)).toHaveLength(1);
	expect(report.changed[reasons(report.changed)[0]!]!.count).toBe(3);
});

test('a second run adds, changes, leaves alone, tells what is gone, and archives it with --prune', async () => {
	const { folder, spaceId, pages } = await imported({
		'same.md': 'Same.',
		'changed.md': 'Before.',
		'gone.md': 'Gone.'
	});
	write(folder, { 'changed.md': '---\ntags: new\n---\nAfter.', 'added.md': '[to changed](changed.md)' });
	rmSync(join(folder, 'gone.md'));
	const second = await importMarkdown(db, { folder, spaceId, author });
	expect(second).toMatchObject({ updated: 1, unchanged: 1, vanished: ['gone.md'], report: { written: 1 } });
	const now = await pagesOf(spaceId);
	expect(now['changed.md']).toMatchObject({
		id: pages['changed.md']!.id,
		version: 2,
		body_md: 'After.',
		tags: ['new']
	});
	expect(now['same.md']!.version).toBe(1);
	expect(now['gone.md']!.state).toBe('open');
	const history = await rows<{ body_md: string }>(
		db,
		sql`select body_md from revision where item_id = ${now['changed.md']!.id} order by version`
	);
	expect(history.map(({ body_md }) => body_md)).toEqual(['Before.', 'After.']);
	await importMarkdown(db, { folder, spaceId, author, prune: true });
	expect((await pagesOf(spaceId))['gone.md']!.state).toBe('archived');
	write(folder, { 'gone.md': 'Gone.' });
	await importMarkdown(db, { folder, spaceId, author, prune: true });
	expect((await pagesOf(spaceId))['gone.md']).toMatchObject({ state: 'open', version: 1 });
	expect(
		await rows(db, sql`select 1 from pgboss.job where name = 'event' and data ->> 'name' <> 'items.imported'`)
	).toEqual([]);
});

test('another folder under the same name does not make everything vanish', async () => {
	const { spaceId } = await imported({ 'a.md': 'A' });
	const folder = tree({ 'b.md': 'B' });
	const name = `${temporary.split('/').at(-1)}/tree-${trees - 1}`;
	await expect(importMarkdown(db, { folder, spaceId, author, name, prune: true })).rejects.toThrow(/another one/);
});

test('odd front matter costs itself, never the text', async () => {
	const { pages, report } = await imported({
		'broken.md': '---\ntitle: [a\nother: }\n---\nText one.',
		'list.md': '---\n- a\n- b\n---\nText two.',
		'bomb.md': `---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n---\nText three.`,
		'toml.md': '+++\ntitle = "From TOML"\n+++\nText four.',
		'open.md': '---\nnot closed\n\nText five.',
		'empty.md': '---\n---\nText six.'
	});
	expect(Object.values(pages).map(({ body_md }) => body_md.split('\n').at(-1))).toEqual(
		expect.arrayContaining(['Text one.', 'Text two.', 'Text three.', 'Text four.', 'Text five.', 'Text six.'])
	);
	expect(pages['toml.md']!.title).toBe('From TOML');
	expect(reasons(report.changed)).toEqual([
		'its front matter is no list of fields; left out',
		'its front matter is no valid YAML; left out'
	]);
	expect(
		report.changed['its front matter is no valid YAML; left out']!.first.map(({ what, line }) => [what, line > 0])
	).toEqual([
		['bomb.md', true],
		['broken.md', true]
	]);
});

test('comments, MDX and HTML become plain Markdown; code keeps every sign', async () => {
	const { pages } = await imported({
		'page.mdx': [
			"import Tabs from '@theme/Tabs';\nimport {\n  A,\n  B\n} from './x';",
			'export const toc = [1, 2];',
			'Before <!-- hidden\nover lines --> after {/* note */}.',
			'<Tabs groupId="x" values={[{ a: 1 }]}>\nInside.\n</Tabs>',
			':::tip Good to know\nBe kind.\n:::',
			'Press <kbd>Enter</kbd> or <a href="https://example.org">go</a><br>now',
			'```jsx\nimport x from "y"; // <!-- stays -->\n<Tabs>\n```'
		].join('\n\n'),
		'table.md': '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\n\n<script>alert(1)</script>'
	});
	const body = pages['page.mdx']!.body_md;
	expect(body).toContain('Before  after .');
	expect(body).toContain('Inside.');
	expect(body).toContain('> **Good to know**\n>\n> Be kind.');
	expect(body).toContain('Press <kbd>Enter</kbd> or [go](https://example.org)  \nnow');
	expect(body).toContain('```jsx\nimport x from "y"; // <!-- stays -->\n<Tabs>\n```');
	expect(body).not.toMatch(/theme\/Tabs|export const|hidden|note/);
	expect(pages['table.md']!.body_md).toMatch(/^\| A \| B \|\n\| --- \| --- \|\n\| 1 \| 2 \|/);
	expect(pages['table.md']!.body_html).not.toContain('<script');
});

test('files that cannot be text, are huge, hold other bytes, or are links in a circle', async () => {
	const folder = tree({
		'good.md': 'Good.',
		'binary.md': Buffer.from([0x41, 0, 0x42]),
		'huge.md': 'x'.repeat(1_000_001),
		'long.md': 'word '.repeat(30_000),
		'bytes.md': Buffer.concat([Buffer.from('One.\nTwo '), Buffer.from([0xff]), Buffer.from('.')]),
		'wide.md': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Größe', 'utf16le')]),
		'Case.md': 'Upper.',
		'case.md': 'Lower.',
		'empty.md': '<!-- nothing -->',
		'evil.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
		'shows.md': '![evil](evil.svg) rest',
		'node_modules/x/README.md': 'No.'
	});
	symlinkSync(folder, join(folder, 'circle'));
	symlinkSync('/etc/passwd', join(folder, 'passwd.md'));
	const spaceId = await aSpace(db);
	const { report } = await importMarkdown(db, { folder, spaceId, author });
	const pages = await pagesOf(spaceId);
	expect(Object.keys(pages).sort()).toEqual([
		'Case.md',
		'bytes.md',
		'case.md',
		'good.md',
		'long.md',
		'shows.md',
		'wide.md'
	]);
	expect(pages['wide.md']!.body_md).toBe('Größe');
	expect(pages['shows.md']!.body_md).toBe('evil rest');
	expect(pages['long.md']!.body_md.length).toBeLessThanOrEqual(100_000);
	const all = { ...report.skipped, ...report.changed };
	const told = Object.values(all).flatMap(({ first }) => first.map(({ what }) => what));
	expect(told.sort()).toEqual(
		['binary.md', 'bytes.md', 'case.md', 'circle', 'empty.md', 'evil.svg', 'huge.md', 'long.md', 'passwd.md'].sort()
	);
	expect(all['it is not written in UTF-8; read in the encoding that fits']!.first[0]!.line).toBe(2);
});

test('an edit made here survives in the history and is told of', async () => {
	const { folder, spaceId, pages } = await imported({ 'a.md': 'One.' });
	const id = pages['a.md']!.id;
	await db.execute(sql`update item set body_md = 'By hand', version = 2 where id = ${id}`);
	await db.execute(
		sql`insert into revision (item_id, version, title, body_md, tags, editor_id) values (${id}, 2, 'A', 'By hand', '{}', ${author.id})`
	);
	expect(await importMarkdown(db, { folder, spaceId, author })).toMatchObject({ unchanged: 1 });
	write(folder, { 'a.md': 'Two.' });
	const { report } = await importMarkdown(db, { folder, spaceId, author });
	expect(reasons(report.changed)).toEqual(['it had been edited here; that version is in its history']);
	expect((await pagesOf(spaceId))['a.md']).toMatchObject({ version: 3, body_md: 'Two.' });
});
