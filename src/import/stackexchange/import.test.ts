import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { importStackExchange } from './import.ts';

const { db, ...connection } = await testDatabase();
const database = { db, ...connection };
const fixture = 'src/import/fixtures/stackexchange';
const temporary = mkdtempSync(join(tmpdir(), 'trellis-dump-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A dump of the given files, in a folder of its own, imported into a space of its own. */
async function imported(name: string, files: Record<string, string | Buffer>) {
	const folder = join(temporary, name);
	mkdirSync(folder);
	for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
	const spaceId = await aSpace(db);
	const result = await importStackExchange(database, { folder, spaceId });
	const found = await rows<{ ref: string; title: string; body_md: string; created_at: string }>(
		db,
		sql`select provenance ->> 'id' as ref, title, body_md, created_at from item where space_id = ${spaceId} order by created_at, length(provenance ->> 'id'), provenance ->> 'id'`
	);
	return { items: found, report: result.files.get('Posts.xml')!, result, spaceId };
}

const question = (id: number, title = `Question ${id}`, more = '') =>
	`<row Id="${id}" PostTypeId="1" CreationDate="2021-01-01T00:00:00.000" Title="${title}" Body="&lt;p&gt;Body ${id}&lt;/p&gt;" OwnerUserId="1" ${more}/>`;
const posts = (...lines: string[]) => `<?xml version="1.0" encoding="utf-8"?>\n<posts>\n${lines.join('\n')}\n</posts>`;

/** The lines a reason was given for. */
const lines = (list: Record<string, { first: { line: number }[] }>, reason: RegExp) =>
	Object.entries(list)
		.filter(([key]) => reason.test(key))
		.flatMap(([, { first }]) => first.map(({ line }) => line));

test('a whole dump: what was asked, answered, accepted, said and merged', async () => {
	const folder = join(temporary, 'forklifts.example.org');
	cpSync(fixture, folder, { recursive: true });
	const spaceId = await aSpace(db);
	const { files } = await importStackExchange(database, { folder, spaceId });
	const asked = await rows<Record<string, unknown>>(
		db,
		sql`select i.title, i.tags, i.body_md, q.status, q.answer_count, p.name, i.created_at, i.updated_at, i.active_at, q.useful_at,
				accepted.body_md as accepted, original.title as duplicate_of, i.provenance
			from question q join item i on i.id = q.item_id join person p on p.id = i.author_id
			left join item accepted on accepted.id = q.accepted_answer_id left join item original on original.id = q.duplicate_of
			where i.space_id = ${spaceId} order by i.id`
	);
	expect(asked.map(({ title, status, answer_count }) => [title, status, answer_count])).toEqual([
		["Why does the forklift's battery light blink?", 'answered', 2],
		['Blinking light on a forklift', 'duplicate', 0],
		["Where is the forklift's manual kept?", 'open', 0]
	]);
	expect(asked[0]).toMatchObject({
		tags: ['forklift', 'net'],
		body_md: 'The battery light **blinks** after charging.\n\n```bash\ntruck --status\n```',
		name: 'Ama Owusu',
		accepted: 'Top up the water in the cells.',
		provenance: { score: 5, views: 80, license: 'CC BY-SA 4.0', url: 'https://forklifts.example.org/q/1' }
	});
	const times = ['created_at', 'updated_at', 'active_at', 'useful_at'].map((key) =>
		new Date(asked[0]![key] as string).toISOString()
	);
	expect(times).toEqual([
		'2021-03-01T09:00:00.000Z',
		'2021-03-01T10:00:00.000Z',
		'2021-03-04T12:00:00.000Z',
		'2021-03-03T00:00:00.000Z'
	]);
	expect(asked[1]!.duplicate_of).toBe(asked[0]!.title);
	expect(files.get('Comments.xml')).toMatchObject({ written: 2 });
	expect(lines(files.get('Comments.xml')!.skipped, /not here/)).toEqual([5]);
	expect(lines(files.get('PostLinks.xml')!.skipped, /repeats it already/)).toEqual([4]);
	expect(files.get('Posts.xml')!.unneeded).toEqual({ 'tag wiki excerpts': 1 });
	const links = await rows<{ relation: string }>(db, sql`select relation from item_link order by relation`);
	expect(links.map(({ relation }) => relation)).toEqual(['duplicates', 'mentions']);
});

test('authors of a dump have a name and no way in', async () => {
	const people = await rows<{ name: string; email: string; gone: boolean }>(
		db,
		sql`select name, email, deactivated_at is not null as gone from person where email like '%forklifts%' order by name`
	);
	expect(people.map(({ name }) => name)).toEqual(['Ama Owusu', 'Community', 'Former member', 'Jörg & Töchter']);
	expect(people.every(({ email, gone }) => gone && email.endsWith('.invalid'))).toBe(true);
	const nameless = await row<{ author: string }>(
		db,
		sql`select provenance ->> 'author' as author from item where provenance ->> 'author' is not null`
	);
	expect(nameless).toEqual({ author: 'Night shift' });
});

test('a second run writes nothing, and nobody is told of any of it', async () => {
	const before = await counts();
	const spaceId = await aSpace(db);
	const { files } = await importStackExchange(database, { folder: join(temporary, 'forklifts.example.org'), spaceId });
	expect(files.get('Posts.xml')).toMatchObject({ written: 0, present: 5 });
	expect(await counts()).toEqual(before);
	expect(
		await rows(
			db,
			sql`select 1 from pgboss.job where name = 'event' and data ->> 'name' <> 'items.imported' union all select 1 from signal`
		)
	).toEqual([]);
});

const counts = async () =>
	row(
		db,
		sql`select (select count(*) from item) as items, (select count(*) from revision) as revisions, (select count(*) from person) as people,
			(select sum(answer_count) from question) as answers, (select count(*) from item_link) as links`
	);

test('broken rows cost only themselves, and are named by line', async () => {
	const { items, report } = await imported('broken', {
		'Posts.xml': posts(
			question(1),
			'<row Id="2" PostTypeId="1" Title="no end of a value Body="x" />',
			question(3),
			'<row Id="4" PostTypeId="1" Title="a & b" Body="x" />',
			question(5),
			'<row Id="6" PostTypeId="1" Title="cut off',
			question(7),
			'<row PostTypeId="1" Title="Without an Id" Body="x" />',
			'<row Id="x9" PostTypeId="1" Title="Id" Body="x" />',
			'<row Id="10" PostTypeId="77" Title="Type" Body="x" />'
		)
	});
	expect(items.map(({ ref }) => ref)).toEqual(['post/1', 'post/3', 'post/5', 'post/7']);
	expect(lines(report.skipped, /./).sort((a, b) => a - b)).toEqual([4, 6, 8, 10, 11, 12]);
});

test('a file that ends in the middle of a row: what came before is kept', async () => {
	const { items, report } = await imported('truncated', {
		'Posts.xml': posts(question(1), question(2)).slice(0, -60)
	});
	expect(items.map(({ ref }) => ref)).toEqual(['post/1']);
	expect(lines(report.skipped, /end|unclosed/i)).toEqual([4, 4]);
});

test('entities are never expanded, neither bombs nor files', async () => {
	const { items, report } = await imported('bomb', {
		'Posts.xml': `<?xml version="1.0"?>
<!DOCTYPE posts [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/passwd">
<!ENTITY row "<row Id='9' PostTypeId='1' Title='From an entity' Body='x' />">
]>
<posts>
${question(1, 'Bomb &b;')}
${question(2, 'Read &secret;')}
${question(3)}
</posts>`
	});
	expect(items.map(({ ref }) => ref)).toEqual(['post/3']);
	expect(lines(report.skipped, /DOCTYPE/)).toEqual([2]);
	expect(lines(report.skipped, /entity/)).toEqual([8, 9]);
});

test.each([
	[
		'UTF-16 with its mark',
		() =>
			Buffer.concat([
				Buffer.from([0xff, 0xfe]),
				Buffer.from(posts(question(1, 'Größe – 寸法')).replace('utf-8', 'utf-16'), 'utf16le')
			])
	],
	[
		'UTF-16, big end first',
		() =>
			Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(posts(question(1, 'Größe – 寸法')), 'utf16le')]).swap16()
	],
	['UTF-8 with its mark', () => Buffer.from(`\ufeff${posts(question(1, 'Größe – 寸法'))}`)]
])('reads %s', async (name, content) => {
	const { items, report } = await imported(name, { 'Posts.xml': content() });
	expect(items.map(({ title }) => title)).toEqual(['Größe – 寸法']);
	expect(report.skipped).toEqual({});
});

test('reads the encoding that is declared, and says when it knows none of that name', async () => {
	const text = posts(question(1, 'Gr#e')).replace('utf-8', 'windows-1252');
	const western = Buffer.from(text.replace('#', '\u00f6\u0080'), 'latin1');
	expect((await imported('western', { 'Posts.xml': western })).items[0]!.title).toBe('Grö€e');
	const unknown = await imported('unknown', { 'Posts.xml': posts(question(1, 'Größe')).replace('utf-8', 'klingon-8') });
	expect(unknown.items[0]!.title).toBe('Größe');
	expect(lines(unknown.report.skipped, /"klingon-8" is not known/)).toEqual([1]);
});

test('bytes that are no UTF-8 are replaced and told of', async () => {
	const [before, after] = posts(question(1, 'A#B'))
		.split('#')
		.map((part) => Buffer.from(part));
	const { items, report } = await imported('bytes', {
		'Posts.xml': Buffer.concat([before!, Buffer.from([0xff]), after!])
	});
	expect(items[0]!.title).toBe('A\ufffdB');
	expect(lines(report.changed, /no UTF-8/)).toEqual([3]);
});

test('a row of absurd size is passed over without filling the memory', async () => {
	const { items, report } = await imported('absurd', {
		'Posts.xml': posts(
			question(1),
			question(2, 'x'.repeat(5_000_000)),
			question(3),
			question(4, 'Long', `Tags="${'y'.repeat(2000)}" `)
		)
	});
	expect(items.map(({ ref }) => ref)).toEqual(['post/1', 'post/3', 'post/4']);
	expect(lines(report.skipped, /more than 1,000,000 bytes/)).toEqual([4]);
});

test('orphans, late questions, ids that stand twice, dates in nonsense', async () => {
	const answer = (id: number, parent: number) =>
		`<row Id="${id}" PostTypeId="2" ParentId="${parent}" CreationDate="2021-01-02T00:00:00.000" Body="Answer" />`;
	const { items, report, spaceId } = await imported('odd', {
		'Posts.xml': posts(
			answer(1, 5),
			answer(2, 404),
			question(3),
			question(3, 'The same again'),
			question(4).replace('2021-01-01', '2021-31-77'),
			question(5, 'Late', 'AcceptedAnswerId="1" '),
			question(6).replace(
				'2021-01-01T00:00:00.000',
				'9999-01-01T00:00:00.000" LastActivityDate="2021-05-05T00:00:00.000'
			)
		)
	});
	expect(items.map(({ ref }) => ref).sort()).toEqual(['post/1', 'post/3', 'post/4', 'post/5', 'post/6']);
	expect(items.find(({ ref }) => ref === 'post/3')!.title).toBe('Question 3');
	expect(new Date(items.find(({ ref }) => ref === 'post/6')!.created_at).toISOString()).toBe(
		'2021-05-05T00:00:00.000Z'
	);
	expect(lines(report.skipped, /not in the dump/)).toEqual([4]);
	expect(lines(report.skipped, /twice/)).toEqual([6]);
	expect(lines(report.changed, /no date/)).toEqual([7, 9]);
	const late = await row<{ status: string; answer_count: number }>(
		db,
		sql`select status, answer_count from question join item on id = item_id where space_id = ${spaceId} and title = 'Late'`
	);
	expect(late).toEqual({ status: 'answered', answer_count: 1 });
});

test('a duplicate of a duplicate leads to the original, in whichever order the dump says so', async () => {
	const link = (id: number, from: number, to: number) =>
		`<row Id="${id}" CreationDate="2021-01-03T00:00:00.000" PostId="${from}" RelatedPostId="${to}" LinkTypeId="3" />`;
	const { spaceId, result } = await imported('chain', {
		'Posts.xml': posts(...[1, 2, 3, 4, 5].map((id) => question(id))),
		'PostLinks.xml': `<postlinks>\n${[link(1, 5, 4), link(2, 4, 3), link(3, 2, 1), link(4, 3, 1), link(5, 1, 5)].join('\n')}\n</postlinks>`
	});
	const originals = await rows<{ title: string; original: string }>(
		db,
		sql`select i.title, o.title as original from question q join item i on i.id = q.item_id join item o on o.id = q.duplicate_of
			where i.space_id = ${spaceId} order by i.title`
	);
	expect(originals).toEqual([2, 3, 4, 5].map((id) => ({ title: `Question ${id}`, original: 'Question 1' })));
	expect(lines(result.files.get('PostLinks.xml')!.skipped, /repeats it already/)).toEqual([6]);
});

test('only Posts.xml is needed, and it is needed', async () => {
	await expect(imported('none', { 'Users.xml': '<users></users>' })).rejects.toThrow(/no Posts\.xml/);
	const { result } = await imported('only', { 'POSTS.XML': posts(question(1)) });
	expect(result.missing).toEqual(['Users.xml', 'Tags.xml', 'Comments.xml', 'PostLinks.xml', 'Votes.xml']);
	const page = await imported('page', { 'Posts.xml': '<html><body>Not found</body></html>' });
	expect(Object.keys(page.report.skipped)).toEqual(['no <row> was found: this is no file of a dump']);
});

test('scripts in a body do not survive', async () => {
	const body =
		'&lt;p&gt;Hi&lt;script&gt;alert(1)&lt;/script&gt; &lt;a href=&quot;javascript:alert(1)&quot;&gt;link&lt;/a&gt;&lt;/p&gt;';
	const { items } = await imported('script', {
		'Posts.xml': posts(question(1).replace('&lt;p&gt;Body 1&lt;/p&gt;', body))
	});
	expect(items[0]!.body_md).toBe('Hi link');
});

test('killed in the middle, the next run ends where one run would have', async () => {
	const folder = join(temporary, 'killed');
	mkdirSync(folder);
	const all = Array.from({ length: 12_000 }, (_, index) => question(index + 1));
	writeFileSync(join(folder, 'Posts.xml'), posts(...all));
	const spaceId = await aSpace(db);
	const program = `
		import { importStackExchange } from '#src/import/stackexchange/import.ts';
		import { connect } from '#src/platform/server/db.ts';
		await importStackExchange(connect(process.env.URL, 2), { folder: process.env.FOLDER, spaceId: process.env.SPACE });`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
		env: { ...process.env, URL: connection.url, FOLDER: folder, SPACE: spaceId },
		stdio: 'inherit'
	});
	const written = async () =>
		Number((await row<{ count: string }>(db, sql`select count(*) from item where space_id = ${spaceId}`))!.count);
	while ((await written()) === 0 && child.exitCode === null) await new Promise((done) => setTimeout(done, 20));
	const died = new Promise((done) => child.once('exit', done));
	child.kill('SIGKILL');
	await died;
	// PostgreSQL notices that it is gone when it has done its statement: until then the import is held.
	const held = async () =>
		(await row(
			db,
			sql`select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
		)) !== undefined;
	await expect.poll(held, { timeout: 10_000 }).toBe(false);
	const half = await written();
	expect(half).toBeGreaterThan(0);
	expect(half).toBeLessThan(12_000);
	const { files } = await importStackExchange(database, { folder, spaceId });
	expect(await written()).toBe(12_000);
	expect(files.get('Posts.xml')).toMatchObject({ read: 12_000, written: 12_000, present: 0, skipped: {} });
});
