import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DomUtils, parseDocument } from 'htmlparser2';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { siteExtras } from '#src/app/server/site-extras.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { acceptAnswer } from '#src/ask/server/questions.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import { fillDemo } from '#src/demo/fill.ts';
import { shareResource } from '#src/library/resources/server/write.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { files } from '#src/platform/server/files.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { exportSite } from './export.ts';
import { rewriteHtml } from './rewrite.ts';

const { db } = await testDatabase();
testFiles();
const temporary = mkdtempSync(join(tmpdir(), 'trellis-site-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const spaceId = await aSpace(db, { name: 'Shop & floor', access: 'closed', allowAnonymous: true });
const elsewhere = await aSpace(db, { access: 'closed' });
const ana = await aPerson(db, { name: 'Ana Visible', spaces: [spaceId, elsewhere] });
const masked = await aPerson(db, { name: 'Milo Hidden', spaces: [spaceId] });

let sites = 0;
async function exported(viewer: Viewer, space: string) {
	const folder = join(temporary, `site-${(sites += 1)}`);
	const { name, purpose } = (await row<{ name: string; purpose: string }>(
		db,
		sql`select name, purpose from space where id = ${space}`
	))!;
	const input = {
		space: { id: space, name, purpose },
		folder,
		extras: siteExtras(db),
		origin: 'https://trellis.example'
	};
	const result = await exportSite(db, viewer, input);
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
		statSync(join(folder, path)).isFile()
	);
	const read = (start: string) =>
		readFileSync(
			join(
				folder,
				paths.find((path) => path.startsWith(start))!
			),
			'utf8'
		);
	return { folder, result, paths, read };
}

/** Every address of every page that leads within the site, and to nothing that is there. */
function broken(folder: string, paths: string[]): { checked: number; bad: string[] } {
	const bad: string[] = [];
	let checked = 0;
	const documentOf = (path: string) => parseDocument(readFileSync(path, 'utf8'));
	for (const page of paths.filter((path) => path.endsWith('.html'))) {
		for (const { attribs } of DomUtils.getElementsByTagName('*', documentOf(join(folder, page)))) {
			for (const address of [attribs.href, attribs.src]) {
				if (address === undefined || /^(https?|mailto):/.test(address)) continue;
				checked += 1;
				const [path = '', anchor] = address.split('#');
				const target = path ? join(folder, dirname(page), decodeURIComponent(path)) : join(folder, page);
				const isThere = target.startsWith(folder) && existsSync(target) && statSync(target).isFile();
				const hasAnchor = () => DomUtils.getElementById(decodeURIComponent(anchor!), documentOf(target)) !== null;
				if (!isThere || (anchor && !hasAnchor())) bad.push(`${page}: ${address}`);
			}
		}
	}
	return { checked, bad };
}

const blank = { tags: [], anonymous: false };
const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2a6' } })
	.png()
	.toBuffer();
const upload = (viewer: Viewer, name: string, content: Uint8Array | string) =>
	storeFile(db, viewer, { name, content: typeof content === 'string' ? Buffer.from(content) : content });

test('items, their files and what stands beneath them lead to each other; what leads out keeps its words', async () => {
	const picture = await upload(ana, 'till.png', photo);
	const list = await upload(ana, 'prices.csv', 'a,b\n1,2\n');
	const secret = await writePage(db, ana, { spaceId: elsewhere, title: 'Not here', bodyMd: 'x', tags: [] });
	const questionId = await askQuestion(db, masked, {
		...{ spaceId, title: 'How do I open <the> till?', bodyMd: 'It is stuck.', ...blank, anonymous: true }
	});
	const answerId = await answerQuestion(db, ana, questionId, { bodyMd: 'Turn the key.' });
	await addComment(db, masked, answerId, { bodyMd: 'Thank you' });
	await acceptAnswer(db, masked, answerId);
	await writePage(db, ana, {
		...{ spaceId, title: 'Über / the till', tags: ['till'] },
		bodyMd: [
			`## Start\n\n![The till](${fileAddress(picture)}) and [prices](${fileAddress(list)}).`,
			`[answer](/questions/${questionId}#answer-${answerId}), [whole](https://trellis.example/questions/${questionId}).`,
			`[secret page](/pages/${secret}), [tag](/search?q=till), @[Ana Visible](person:${ana.id}), [web](https://example.org/a).`,
			'[up](#start), [nowhere](#gone)'
		].join('\n\n')
	});
	await shareResource(db, ana, { spaceId, title: 'Prices', bodyMd: '', tags: [], fileId: list.id });
	await shareLink(db, ana, { spaceId, url: 'https://example.org/guide', title: 'A guide', bodyMd: '', tags: [] });

	const { folder, result, paths, read } = await exported(ana, spaceId);
	expect(result).toEqual({ items: 4, files: 2, lost: [], stopped: false });
	expect(paths.filter((path) => path.endsWith('.html'))).toHaveLength(5);
	const { checked, bad } = broken(folder, paths);
	expect(bad).toEqual([]);
	expect(checked).toBe(18);

	const page = read('pages/');
	expect(page).toContain(`#answer-${answerId}"`);
	expect(page).toContain(`../files/${picture.id}/till.png`);
	expect(page).toContain('secret page');
	expect(page).not.toContain(secret);
	expect(page).not.toMatch(/href="[^"]*(search|people)/);
	expect(page).toContain('https://example.org/a');
	expect(page).not.toContain('#gone');
	expect(read('index.html')).toContain('How do I open &lt;the&gt; till?');
	expect(read('questions/')).toMatch(/Accepted answer[^]*Turn the key[^]*Thank you/);
	expect(read('resources/')).toContain(`download="prices.csv"`);
	expect(read('links/')).toContain('href="https://example.org/guide"');

	const everything = paths.filter((path) => /html$/.test(path)).map((path) => readFileSync(join(folder, path), 'utf8'));
	expect(everything.join()).not.toMatch(/<script|Milo Hidden/);
	expect(everything.join()).not.toContain(masked.id);
});

test('who exports is masked as well where they wrote without their name', async () => {
	const { folder, paths, read } = await exported(masked, spaceId);
	expect(read('questions/')).toContain('Anonymous');
	for (const path of paths.filter((path) => /html$/.test(path)))
		expect(readFileSync(join(folder, path), 'utf8')).not.toContain('Milo Hidden');
});

test('it holds what the viewer may read and no more', async () => {
	const outsider = await aPerson(db);
	const { result, paths } = await exported(outsider, spaceId);
	expect(result).toMatchObject({ items: 0, files: 0 });
	expect(paths.sort()).toEqual(['index.html', 'style.css']);
	const gone = await writePage(db, ana, { spaceId: elsewhere, title: 'Taken away', bodyMd: 'x', tags: [] });
	await db.execute(sql`update item set state = 'removed' where id = ${gone}`);
	const { paths: left } = await exported(ana, elsewhere);
	expect(left.join()).not.toContain('taken-away');
});

test('a file that a text only names stays where it is, and one that could run is saved as text', async () => {
	const place = await aSpace(db);
	const bob = await aPerson(db, { spaces: [place] });
	const other = await upload(ana, 'private.csv', 'only,ana\n');
	await writePage(db, bob, { spaceId: place, title: 'Names it', bodyMd: `[it](${fileAddress(other)})`, tags: [] });
	const web = await upload(bob, 'page.txt', 'plain');
	await db.execute(sql`update file set name = 'page.html', mime = 'text/html' where id = ${web.id}`);
	await shareResource(db, bob, { spaceId: place, title: 'A web page', bodyMd: '', tags: [], fileId: web.id });
	const { folder, paths } = await exported(bob, place);
	expect(paths.filter((path) => path.startsWith('files/'))).toEqual([`files/${web.id}/page.html.txt`]);
	expect(broken(folder, paths).bad).toEqual([]);
});

test('a content that is lost is told of, and a folder that holds something is left alone', async () => {
	const place = await aSpace(db);
	const bob = await aPerson(db, { spaces: [place] });
	const list = await upload(bob, 'lost.csv', 'gone,soon\n');
	await writePage(db, bob, { spaceId: place, title: 'Lost', bodyMd: `[the list](${fileAddress(list)})`, tags: [] });
	await files().delete(list.sha256);
	const { folder, paths, result, read } = await exported(bob, place);
	expect(result.lost).toEqual(['lost.csv']);
	expect(broken(folder, paths).bad).toEqual([]);
	expect(read('pages/')).toContain('<span>the list</span>');
	writeFileSync(join(folder, 'mine.txt'), 'mine');
	const input = { space: { id: place, name: 'x', purpose: '' }, folder, extras: siteExtras(db) };
	await expect(exportSite(db, bob, input)).rejects.toThrow(/not empty/);
});

test('no script comes along, whatever a text holds', () => {
	const html = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a><img src="/x" alt="c &lt;">';
	expect(rewriteHtml(html, () => undefined)).toBe('<p>a<span>b</span><span class="missing">c &lt;</span></p>');
});

test('every link of every space of the example organisation resolves', async () => {
	await fillDemo(db, { again: false });
	const nora = (await row<{ id: string }>(db, sql`select id from person where email = 'nora@harrowfinch.example'`))!;
	const viewer = await viewerOf(db, nora.id);
	const everybody = await spaceBySlug(db, viewer, 'everybody');
	let links = 0;
	for (const space of new Set([everybody.id, ...viewer.readableSpaces])) {
		const { folder, paths } = await exported(viewer, space);
		const { checked, bad } = broken(folder, paths);
		expect(bad).toEqual([]);
		links += checked;
	}
	expect(links).toBeGreaterThan(300);
}, 120_000);
