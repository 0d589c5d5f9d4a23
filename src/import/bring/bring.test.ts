import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import yazl from 'yazl';
import { shelf } from '#src/app/server/shelf.ts';
import { incomingFolder, openFiles } from '#src/platform/server/files.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { importArchive } from './import.ts';
import type { BringKind } from './kinds.ts';

const { db } = await testDatabase();
const temporary = mkdtempSync(join(tmpdir(), 'trellis-bring-'));
openFiles({ DATA_DIR: temporary, FILES_URL: undefined });
afterAll(() => rmSync(temporary, { recursive: true }));
const author = await aPerson(db);
const photo = (background: string) =>
	sharp({ create: { width: 8, height: 8, channels: 3, background } })
		.png()
		.toBuffer();
const green = await photo('#2a6');

type Files = Record<string, string | Buffer>;
let made = 0;

function folderOf(files: Files): string {
	const folder = join(temporary, `folder-${(made += 1)}`);
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	return folder;
}

async function zipOf(files: Files): Promise<string> {
	const path = join(temporary, `export-${(made += 1)}.zip`);
	const zip = new yazl.ZipFile();
	for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
	zip.end();
	await pipeline(zip.outputStream, createWriteStream(path));
	return path;
}

const take = (kind: BringKind, path: string, spaceId: string, called = 'Handbook') =>
	importArchive(db, { kind, path, spaceId, author, shelf, called });

interface Found {
	id: string;
	kind: string;
	title: string;
	body_md: string;
	tags: string[];
	version: number;
	provenance: Record<string, unknown> | null;
	entries: string[];
}
async function inSpace(spaceId: string): Promise<Record<string, Found>> {
	const found = await rows<Found>(
		db,
		sql`select i.id, i.kind, i.title, i.body_md, i.tags, i.version, i.provenance,
			array(select e.item_id::text from collection_entry e where e.collection_id = i.id order by e.position) as entries
			from item i where i.space_id = ${spaceId} order by i.created_at, i.id`
	);
	return Object.fromEntries(found.map((item) => [`${item.kind} ${item.title}`, item]));
}
const reasons = (list: Record<string, unknown>) => Object.keys(list).sort();

test('a folder: pages, resources and collections in its order; again only what changed', async () => {
	const folder = folderOf({
		'start.md': '# Start here\n\nSee [the till](till/open.md), ![shelf](till/shelf.png) and [gone](gone.md).',
		'till/open.md': '---\ntags: [till]\n---\n# Opening the till\n\nTurn the key.',
		'till/shelf.png': green,
		'till/price list.csv': 'what,price\ntea,3\n',
		'till/.hidden': 'no',
		'Thumbs.db': 'no',
		'run.exe': Buffer.from('MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00', 'latin1'),
		'empty.txt': ''
	});
	symlinkSync('/etc/passwd', join(folder, 'secrets.txt'));
	const spaceId = await aSpace(db);
	const first = await take('folder', folder, spaceId);
	const items = await inSpace(spaceId);
	expect(Object.keys(items).sort()).toEqual([
		'collection Handbook',
		'collection till',
		'page Opening the till',
		'page Start here',
		'resource Price list',
		'resource Shelf'
	]);
	expect(items['page Start here']!.body_md).toMatch(
		new RegExp(
			`See \\[the till\\]\\(/pages/${items['page Opening the till']!.id}\\), !\\[shelf\\]\\(/files/[^)]+/shelf.png\\) and gone\\.`
		)
	);
	expect(items['page Opening the till']!.tags).toEqual(['till']);
	expect(items['collection Handbook']!.entries).toEqual([items['page Start here']!.id, items['collection till']!.id]);
	expect(reasons(first.report.skipped)).toEqual([
		'Programs cannot be shared here. Link to the place they come from',
		'a symbolic link; not followed',
		'it is empty'
	]);
	expect(first.report.unneeded).toEqual({ 'hidden files, and what systems and editors leave behind': 2 });

	expect(await take('folder', folder, spaceId)).toMatchObject({ updated: 0, unchanged: 6, report: { written: 0 } });
	writeFileSync(join(folder, 'till/price list.csv'), 'what,price\ntea,4\n');
	rmSync(join(folder, 'till/open.md'));
	const third = await take('folder', folder, spaceId);
	expect(third).toMatchObject({ report: { written: 0 }, vanished: ['Opening the till'] });
	const after = await inSpace(spaceId);
	expect(after['resource Price list']).toMatchObject({ id: items['resource Price list']!.id, version: 2 });
	expect(
		await rows(db, sql`select version from resource_version where item_id = ${items['resource Price list']!.id}`)
	).toHaveLength(2);
	expect(await rows(db, sql`select 1 from document where item_id = ${items['resource Price list']!.id}`)).toHaveLength(
		1
	);
});

test('the same folder may be brought into another space as well', async () => {
	const folder = folderOf({ 'a.md': 'One line.' });
	const [one, other] = [await aSpace(db), await aSpace(db)];
	await take('folder', folder, one);
	expect((await take('folder', folder, other)).report.written).toBe(2);
});

const bookOf = (more: object = {}) =>
	JSON.stringify({
		instance: { version: 'v25.05', id_ciphertext: 'x' },
		book: {
			...{
				id: 8,
				name: 'Warehouse handbook',
				description_html: '<p>For the <b>night shift</b>.</p>',
				cover: 'cover.png'
			},
			tags: [{ name: 'Audience', value: 'drivers' }],
			pages: [
				{
					...{ id: 40, name: 'Before you lift', priority: 2, tags: [{ name: 'safety', value: '' }] },
					html: '<p>Look first at <a href="[[bsexport:page:41]]">the forks</a> and <a href="[[bsexport:chapter:2]]">the rest</a>.</p><p><img src="[[bsexport:image:forks.png]]" alt="Forks"></p><p><img src="[[bsexport:image:lost.png]]" alt="Lost"></p><p><img src="[[bsexport:image:1]]" alt="By number"></p><p class="callout warning">Hot.</p>',
					images: [{ id: 1, name: 'forks', file: 'forks.png' }],
					attachments: [
						{ id: 5, name: 'Load table', file: 'abc123.csv' },
						{ id: 6, name: 'Maker', link: 'https://forklifts.example/manual' },
						{ id: 7, name: 'Odd', link: 'javascript:alert(1)' }
					]
				},
				{ id: 43, name: 'Half a thought', draft: true, html: '<p>x</p>' },
				{ id: 44, html: '<p>nameless</p>' }
			],
			chapters: [
				{
					id: 2,
					name: 'Forks',
					priority: 1,
					pages: [{ id: 41, name: 'Forks', priority: 1, markdown: 'Back to [the start]([[bsexport:page:40]]).' }]
				}
			],
			...more
		}
	});
const bookFiles = { 'files/forks.png': green, 'files/abc123.csv': 'kg,cm\n100,60\n' };

test('a BookStack book: chapters, pages, pictures, attachments, links and tags', async () => {
	const spaceId = await aSpace(db);
	const path = await zipOf({ 'data.json': bookOf(), ...bookFiles });
	const { report } = await take('bookstack', path, spaceId);
	const items = await inSpace(spaceId);
	expect(Object.keys(items).sort()).toEqual([
		'collection Warehouse handbook',
		'collection Warehouse handbook / Forks',
		'link Maker',
		'page Before you lift',
		'page Forks',
		'resource Load table'
	]);
	const book = items['collection Warehouse handbook']!;
	const lift = items['page Before you lift']!;
	const chapter = items['collection Warehouse handbook / Forks']!;
	expect(book).toMatchObject({
		tags: ['audience-drivers'],
		body_md: 'For the **night shift**.',
		entries: [chapter.id, lift.id]
	});
	expect(lift.tags).toEqual(['safety']);
	expect(lift.body_md).toContain(
		`[the forks](/pages/${items['page Forks']!.id}) and [the rest](/collections/${chapter.id})`
	);
	expect(lift.body_md).toMatch(/!\[Forks\](\(\/files\/[^)]+\/forks\.png\))\n\nLost\n\n!\[By number\]\1\n\n> Hot\.\n/);
	expect(lift.body_md).toContain(
		`- [Load table](/resources/${items['resource Load table']!.id})\n- [Maker](/links/${items['link Maker']!.id})`
	);
	expect(items['page Forks']!.body_md).toBe(`Back to [the start](/pages/${lift.id}).`);
	expect(reasons(report.skipped)).toEqual([
		'a draft',
		'an attachment without a file or a web address',
		'its data is not as it should be (name)'
	]);
	expect(reasons(report.changed)).toEqual(['a picture or file that is not in the archive']);
	expect(await take('bookstack', path, spaceId)).toMatchObject({ updated: 0, unchanged: 5, report: { written: 0 } });
});

test('an entry that colleagues put into a brought collection stays, behind the others', async () => {
	const spaceId = await aSpace(db);
	await take('bookstack', await zipOf({ 'data.json': bookOf(), ...bookFiles }), spaceId);
	const before = await inSpace(spaceId);
	const book = before['collection Warehouse handbook']!;
	const mine = before['link Maker']!.id;
	await db.execute(
		sql`insert into collection_entry (collection_id, item_id, position) values (${book.id}, ${mine}, 99)`
	);
	const more = { pages: [{ id: 50, name: 'New', html: '<p>New.</p>', priority: 9 }] };
	await take('bookstack', await zipOf({ 'data.json': bookOf(more), ...bookFiles }), spaceId);
	const after = await inSpace(spaceId);
	expect(after['collection Warehouse handbook']!.entries.slice(0, 2)).toEqual([
		after['collection Warehouse handbook / Forks']!.id,
		after['page New']!.id
	]);
	expect(after['collection Warehouse handbook']!.entries).toContain(mine);
});

test('a book that BookStack wrote as HTML, with its pictures in the text', async () => {
	const html = `<html><body><div class="page-content"><h1 style="font-size: 4.8em">Shop book</h1><div><p>About.</p></div>
		<div class="page-break"></div><h1 id="chapter-3">Till</h1><p>All of it.</p>
		<div class="page-break"></div><div class="chapter-hint">Till</div><h1 id="page-12">Opening</h1><p>See <a href="#page-13">closing</a>.</p><p><img alt="key" src="data:image/png;base64,${green.toString('base64')}"></p>
		<div class="page-break"></div><h1 id="page-13">Closing</h1><p>Count it.</p></div></body></html>`;
	const spaceId = await aSpace(db);
	const alone = join(temporary, 'shop-book.html');
	writeFileSync(alone, html);
	await take('bookstack', alone, spaceId);
	const items = await inSpace(spaceId);
	const closing = items['page Closing']!;
	expect(items['page Opening']!.body_md).toMatch(
		new RegExp(`^See .*closing.*\\n\\n!\\[key\\]\\(/files/[^)]+/picture.png\\)$`)
	);
	expect(closing.body_md).toBe('Count it.');
	expect(items['collection Shop book']!.entries).toEqual([items['collection Shop book / Till']!.id, closing.id]);
});

const pageOf = (
	title: string,
	body: string,
	{ crumbs = '', below = '' } = {}
) => `<!DOCTYPE html><html><head><title>Bike workshop : ${title}</title></head>
	<body><div id="page"><div id="main-header"><div id="breadcrumb-section"><ol id="breadcrumbs"><li><span><a href="index.html">Bike workshop</a></span></li>${crumbs}</ol></div>
	<h1 id="title-heading"><span id="title-text"> Bike workshop : ${title} </span></h1></div>
	<div id="content" class="view"><div class="page-metadata">Created by <span class='author'> Ida Lund</span>, last modified by <span class='editor'> Per Holm</span> on Mar 02, 2024 </div>
	<div id="main-content" class="wiki-content group">${body}</div>${below}</div></div></body></html>`;
const workshop: Files = {
	'index.html': `<html><body><h1 id="title-heading"><span id="title-text">Space Details:</span></h1><table class="confluenceTable"><tr><th>Key</th><td>BIKE</td></tr><tr><th>Name</th><td>Bike workshop</td></tr></table>
		<h2>Available Pages:</h2><ul><li><a href="Home_100.html">Home</a> <img src="images/icons/contenttypes/home_page_16.png"><ul><li><a href="Wheels_101.html">Wheels</a></li><li><a href="Lost_199.html">Lost</a></li></ul></li></ul></body></html>`,
	'Home_100.html': pageOf(
		'Home',
		`<p>Begin with <a href="Wheels_101.html">wheels</a> or <a href="/pages/viewpage.action?pageId=101#true">by number</a>.</p>
		<div class="confluence-information-macro confluence-information-macro-warning"><p class="title">Careful</p><span class="aui-icon confluence-information-macro-icon"></span><div class="confluence-information-macro-body"><p>Spokes cut.</p></div></div>
		<div class="code panel pdl"><div class="codeContent panelContent pdl"><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: bash; gutter: false">true -v &amp;&amp; spin</pre></div></div>
		<div class="conf-macro output-block" data-macro-name="jira"><span>loading</span></div>`,
		{ below: '<div class="pageSection"><h2 id="comments">Comments:</h2><p>nice</p></div>' }
	),
	'Wheels_101.html': pageOf(
		'Wheels',
		'<p><img class="confluence-embedded-image" src="attachments/101/7.png?width=300" alt="Rim"> <a href="attachments/101/8.csv">Spokes</a></p>',
		{
			crumbs: '<li><a href="Home_100.html">Home</a></li>',
			below:
				'<div class="pageSection group"><div class="pageSectionHeader"><h2 id="attachments" class="pageSectionTitle">Attachments:</h2></div><div class="greybox"><a href="attachments/101/7.png">rim.png</a> (image/png)<br/><a href="attachments/101/8.csv">Spoke lengths.csv</a> (text/csv)<br/></div></div>'
		}
	),
	'Tyres_102.html': pageOf('Tyres', '<p>26 inch.</p>'),
	'broken.html': '<p>no page',
	'attachments/101/7.png': green,
	'attachments/101/8.csv': 'inch,mm\n26,260\n'
};

test('a Confluence space: its tree, authors, boxes, code, pictures and attachments', async () => {
	const spaceId = await aSpace(db);
	const path = await zipOf(workshop);
	const { report } = await take('confluence', path, spaceId);
	const items = await inSpace(spaceId);
	expect(Object.keys(items).sort()).toEqual([
		'collection Bike workshop',
		'collection Home',
		'page Home',
		'page Tyres',
		'page Wheels',
		'resource Spoke lengths'
	]);
	const [home, wheels] = [items['page Home']!, items['page Wheels']!];
	expect(home.body_md).toContain(`[wheels](/pages/${wheels.id}) or [by number](/pages/${wheels.id}#true)`);
	expect(home.body_md).toContain('> **Careful**\n>\n> Spokes cut.');
	expect(home.body_md).toContain('```bash\ntrue -v && spin\n```');
	expect(home.provenance).toMatchObject({ by: 'Ida Lund', at: '2024-03-02T00:00:00.000Z' });
	const spokes = items['resource Spoke lengths']!.id;
	expect(wheels.body_md).toMatch(
		new RegExp(`^!\\[Rim\\]\\(/files/[^)]+/7\\.png\\) \\[Spokes\\]\\(/resources/${spokes}\\)`)
	);
	expect(items['collection Bike workshop']!.entries).toEqual([items['collection Home']!.id, items['page Tyres']!.id]);
	expect(items['collection Home']!.entries).toEqual([home.id, wheels.id]);
	expect(reasons(report.skipped)).toEqual([
		'no page of Confluence',
		'the index names it, and it is not in the archive'
	]);
	expect(reasons(report.changed)).toEqual(['the macro “jira” shows nothing without Confluence']);
	expect(report.changed['the macro “jira” shows nothing without Confluence']!.first[0]!.what).toBe('Home');
	expect(await take('confluence', path, spaceId)).toMatchObject({ updated: 0, unchanged: 6, report: { written: 0 } });
});

const named = (name: string, kind: string, id: string | number) =>
	`<property name="${name}" class="${kind}" package="p"><id name="id">${id}</id></property>`;
const object = (kind: string, id: string | number, values: Record<string, string>, more = '') =>
	`<object class="${kind}" package="p"><id name="${kind === 'ConfluenceUserImpl' ? 'key' : 'id'}">${id}</id>${Object.entries(
		values
	)
		.map(([name, value]) => `<property name="${name}"><![CDATA[${value.replaceAll(']]>', ']] >')}]]></property>`)
		.join('')}${more}</object>\n`;
const entity = (id: number, title: string, body: string, { more = '', ...values }: Record<string, string> = {}) =>
	object(
		'Page',
		id,
		{ title, contentStatus: 'current', lastModificationDate: '2024-03-02 09:30:00.000', ...values },
		`${named('space', 'Space', 1)}<property name="creator" class="ConfluenceUserImpl" package="u"><id name="key">u1</id></property>${more}`
	) + object('BodyContent', id * 10, { body, bodyType: '2' }, named('content', 'Page', id));
const below = (parent: number) => named('parent', 'Page', parent);
const spaceXml = (pages: string) => `<?xml version="1.0" encoding="UTF-8"?>
<hibernate-generic datetime="2024-03-03 10:00:00">
${object('Space', 1, { name: 'Bike workshop', key: 'BIKE' }, named('homePage', 'Page', 100))}
${object('ConfluenceUserImpl', 'u1', { name: 'ida@bikes.example' })}${object('InternalUser', 5, { lowerName: 'ida@bikes.example', displayName: 'Ida Lund' })}
${pages}</hibernate-generic>`;
const bikes = spaceXml(
	[
		entity(100, 'Home', '<p>Begin with <ac:link><ri:page ri:content-title="Wheels"/></ac:link>.</p>'),
		entity(
			101,
			'Wheels',
			'<p><ac:image ac:alt="Rim"><ri:attachment ri:filename="rim.png"/></ac:image></p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a > b]]></ac:plain-text-body></ac:structured-macro><ac:structured-macro ac:name="jira"/>',
			{ position: '2', more: below(100) }
		),
		entity(102, 'Brakes', '<p>Pads. Not \u0001 odd.</p>', { position: '1', more: below(100) }),
		entity(103, 'Wages', '<p>Secret.</p>', { more: below(100) }),
		entity(104, 'Wages of Per', '<p>Secret too.</p>', { more: below(103) }),
		entity(105, 'Wheels', '<p>Older.</p>', { more: named('originalVersion', 'Page', 101) }),
		entity(106, 'Half', '<p>x</p>', { contentStatus: 'draft' }),
		entity(107, 'Ring A', '<p>A.</p>', { more: below(108) }),
		entity(108, 'Ring B', '<p>B.</p>', { more: below(107) }),
		entity(109, 'Open house', '<p>On Sunday.</p>', { creationDate: '2024-02-01 08:00:00.000' }).replace(
			'"Page"',
			'"BlogPost"'
		),
		object('ContentPermissionSet', 300, { type: 'View' }, named('owningContent', 'Page', 103)),
		object('Attachment', 7, { title: 'rim.png', version: '1' }, named('containerContent', 'Page', 101)),
		object('Attachment', 8, { title: 'Spoke lengths.csv', version: '3' }, named('containerContent', 'Page', 101)),
		object('Label', 400, { name: 'front_wheel', namespace: 'global' }),
		object('Labelling', 401, {}, named('label', 'Label', 400) + named('content', 'Page', 101)),
		entity(110, '', '<p>Take the <strong>short</strong> ones.</p>', {
			more: named('containerContent', 'Page', 101),
			creationDate: '2024-03-03 08:00:00.000'
		}).replace('"Page"', '"Comment"')
	].join('')
);
const bikeFiles = { 'attachments/101/7/1': green, 'attachments/101/8/2': 'inch,mm\n26,260\n' };

test('a Confluence space as XML: hierarchy, links, pictures, files, macros, labels, comments, posts', async () => {
	const spaceId = await aSpace(db);
	const path = await zipOf({ 'entities.xml': bikes, 'exportDescriptor.properties': 'exportType=space', ...bikeFiles });
	const { report } = await take('confluence', path, spaceId);
	const items = await inSpace(spaceId);
	expect(Object.keys(items).sort()).toEqual([
		...['collection Bike workshop', 'collection Blog', 'collection Home', 'collection Ring A'],
		'collection Ring A / Ring B',
		...['page Brakes', 'page Home', 'page Open house', 'page Ring A', 'page Ring B', 'page Wheels'],
		'resource Spoke lengths'
	]);
	const of = (name: string) => items[name]!.id;
	const wheels = items['page Wheels']!;
	expect(items['page Home']).toMatchObject({
		body_md: `Begin with [Wheels](/pages/${wheels.id}).`,
		provenance: { by: 'Ida Lund', at: '2024-03-02T09:30:00.000Z' }
	});
	expect(wheels.tags).toEqual(['front-wheel']);
	expect(wheels.body_md).toMatch(
		new RegExp(
			'^!\\[Rim\\]\\(/files/[^)]+/rim\\.png\\)\\n\\n```\\na > b\\n```\\n\\n## Comments\\n\\n> \\*\\*Ida Lund, 2024-03-03\\*\\*\\n>\\n> Take the \\*\\*short\\*\\* ones\\.'
		)
	);
	expect(wheels.body_md).toContain(`- [Spoke lengths](/resources/${of('resource Spoke lengths')})`);
	expect(items['collection Home']!.entries).toEqual([of('page Home'), of('page Brakes'), wheels.id]);
	expect(items['collection Bike workshop']!.entries.slice(0, 2)).toEqual([
		of('collection Home'),
		of('collection Blog')
	]);
	expect(report.skipped).toMatchObject({
		'a draft': { count: 1 },
		'only some may read it there. Where all of this space may, lift its restriction and export again': {
			first: [{ what: 'Wages' }, { what: 'Wages of Per' }]
		}
	});
	expect(report.unneeded).toEqual({ 'earlier versions of pages': 1 });
	expect(reasons(report.changed)).toEqual(['the macro “jira” shows nothing without Confluence']);
	expect(await take('confluence', path, spaceId)).toMatchObject({ updated: 0, unchanged: 12, report: { written: 0 } });
	expect(readdirSync(incomingFolder()).filter((name) => name.startsWith('import-'))).toEqual([]);
});

test('what the XML says stands for what the HTML of the same space said', async () => {
	const spaceId = await aSpace(db);
	await take('confluence', await zipOf(workshop), spaceId);
	const before = await inSpace(spaceId);
	await take('confluence', await zipOf({ 'entities.xml': bikes, ...bikeFiles }), spaceId);
	const after = await inSpace(spaceId);
	for (const name of ['page Home', 'page Wheels', 'collection Home'])
		expect(after[name]).toMatchObject({ id: before[name]!.id, version: 2 });
	expect(after['resource Spoke lengths']!.id).toBe(before['resource Spoke lengths']!.id);
});

test('an entities.xml that breaks off gives what stood before the break', async () => {
	const spaceId = await aSpace(db);
	const cut = bikes.slice(0, bikes.indexOf('Brakes'));
	const { report } = await take('confluence', await zipOf({ 'entities.xml': cut }), spaceId);
	expect(Object.keys(await inSpace(spaceId)).sort()).toEqual([
		...['collection Bike workshop', 'collection Home', 'page Home', 'page Wheels']
	]);
	expect(reasons(report.changed)).toContain('it ends early; what was there before the break was taken');
});

test('bombs, odd names and damage cost their own file only', async () => {
	const path = join(temporary, 'odd.zip');
	const zip = new yazl.ZipFile();
	zip.addBuffer(Buffer.from('Fine.'), 'fine.md');
	zip.addBuffer(Buffer.alloc(30_000_000), 'bomb.bin');
	zip.addBuffer(Buffer.from('out'), 'xx/evil.txt');
	zip.addBuffer(Buffer.from('One.'), 'one.md');
	zip.end();
	const { buffer } = await import('node:stream/consumers');
	const bytes = await buffer(zip.outputStream);
	const evil = Buffer.from(bytes.toString('latin1').replaceAll('xx/evil.txt', '../evil.txt'), 'latin1');
	writeFileSync(path, evil);
	const spaceId = await aSpace(db);
	const { report } = await take('folder', path, spaceId);
	expect(Object.keys(await inSpace(spaceId)).sort()).toEqual(['collection Handbook', 'page Fine', 'page One']);
	expect(reasons(report.skipped)).toEqual([
		'it unpacks to far more than a file would',
		'its name leads out of the archive, or is no name'
	]);
	writeFileSync(path, evil.subarray(0, 200));
	await expect(take('folder', path, spaceId)).rejects.toMatchObject({
		kind: 'invalid',
		fields: { file: expect.any(String) }
	});
});

test.each<[string, BringKind, Files]>([
	['broken JSON', 'bookstack', { 'data.json': '{"book": {' }],
	['nothing of BookStack', 'bookstack', { 'a.txt': 'x' }],
	['an export of something else', 'bookstack', { 'data.json': '{"shelf": {}}' }],
	['no page at all', 'confluence', { 'a.txt': 'x' }],
	['an XML export with nothing in it', 'confluence', { 'entities.xml': '<x/>' }],
	['the XML of a whole site', 'confluence', { 'entities.xml': '<x/>', 'exportDescriptor.properties': 'exportType=all' }]
])('%s is refused as a whole, in a sentence', async (_, kind, files) => {
	await expect(take(kind, await zipOf(files), await aSpace(db))).rejects.toMatchObject({
		kind: 'invalid',
		fields: { file: expect.stringMatching(/^(is|cannot|holds)/) }
	});
});
