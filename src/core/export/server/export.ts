import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { files } from '#src/platform/server/files.ts';
import type { SQL } from 'drizzle-orm';
import { ownLists } from './own.ts';
import { zipOf, type Entry } from './zip.ts';

const BATCH = 500;

/**
 * Everything the viewer has written, done and set, as a ZIP of JSON and Markdown. Their
 * anonymous items are in it, marked; of others there is no more than the title of what
 * an item of theirs belongs to, where they may read it.
 */
export function exportOwnData(db: Db, viewer: Viewer): AsyncGenerator<Uint8Array> {
	return zipOf(entriesOf(db, viewer));
}

async function* entriesOf(db: Db, viewer: Viewer): AsyncGenerator<Entry> {
	yield { path: 'README.txt', content: readme() };
	yield json('profile.json', await profileOf(db, viewer));
	yield { path: 'items.json', content: jsonArray(itemsOf(db, viewer)) };
	for await (const item of itemsOf(db, viewer)) yield { path: pathOf(item), content: await markdownOf(item) };
	for (const { name, query } of listsOf(viewer)) yield { path: `${name}.json`, content: jsonArray(batches(db, query)) };
	for (const { name, list } of ownLists()) yield { path: `${name}.json`, content: jsonArray(list(db, viewer)) };
	yield* filesOf(db, viewer);
}

const readme = () => `What you wrote, did and set in Trellis.

profile.json      your profile, roles and spaces
items/            everything you shared, one Markdown file each
items.json        the same as data
revisions.json    every version you saved; of texts of others that you corrected, only that you did
comments and answers are items too: "parent" says what they belong to
helped.json, follows.json, drafts.json, signals.json, notifications.json
${ownLists()
	.map(({ name, about }) => `${`${name}.json`.padEnd(17)} ${about}\n`)
	.join('')}files/, files.json  what you uploaded

Items with "anonymous: true" were shown without your name. Take care whom you give them to.
`;

const json = (path: string, value: unknown): Entry => ({ path, content: `${JSON.stringify(value, null, '\t')}\n` });

async function profileOf(db: Db, viewer: Viewer) {
	const [person] = await rows<Record<string, unknown>>(
		db,
		sql`select id, name, email, headline, ask_me_about, time_zone, language, work_start, work_end, work_days, created_at,
			array(select role from org_role where person_id = person.id) as roles
			from person where id = ${viewer.id}`
	);
	const spaces = await rows(
		db,
		sql`select s.id, s.slug, s.name, m.role, m.joined_at from space_member m join space s on s.id = m.space_id
			where m.person_id = ${viewer.id} order by s.name`
	);
	return { ...person, spaces };
}

interface OwnItem {
	id: string;
	kind: string;
	title: string;
	body_md: string;
	space: string;
	tags: string[];
	anonymous: boolean;
	state: string;
	version: number;
	created_at: string;
	updated_at: string;
	helped_count: number;
	parent: { id: string; kind: string; title: string | null } | null;
	provenance: unknown;
}

function itemsOf(db: Db, viewer: Viewer): AsyncGenerator<OwnItem> {
	return batches<OwnItem>(
		db,
		(
			after
		) => sql`select i.id, i.id as cursor, i.kind, i.title, i.body_md, s.slug as space, i.tags, i.anonymous, i.state, i.version,
			i.created_at, i.updated_at, i.helped_count, i.provenance,
			case when p.id is not null then jsonb_build_object('id', p.id, 'kind', p.kind,
				'title', case when ${visibleItems(viewer, 'p')} then nullif(p.title, '') end) end as parent
			from item i join space s on s.id = i.space_id left join item p on p.id = i.parent_id
			where i.author_id = ${viewer.id} and ${after(sql`i.id::text`)} order by i.id::text limit ${BATCH}`
	);
}

type Query = (after: (column: SQL) => SQL) => SQL;

/** Reads a long list a batch at a time, by the column it selects as `cursor`. */
async function* batches<T = unknown>(db: Db, query: Query): AsyncGenerator<T> {
	let last = '';
	while (true) {
		const after = last;
		const found = await rows<T & { cursor: string }>(
			db,
			query((column) => sql`${column} > ${after}`)
		);
		for (const { cursor, ...row } of found) {
			last = cursor;
			yield row as T;
		}
		if (found.length < BATCH) return;
	}
}

/** Lists of what a person did. Titles of others' items come only where they may be read. */
function listsOf(viewer: Viewer): { name: string; query: Query }[] {
	const me = viewer.id;
	const about = (alias: string) =>
		sql`(select nullif(i.title, '') from item i where i.id = ${sql.raw(alias)}.item_id and ${visibleItems(viewer, 'i')}) as title`;
	return [
		{
			name: 'revisions',
			// Of a text of others that one corrected: that one did, and why, not the text.
			query: (after) => sql`select r.item_id || '-' || lpad(r.version::text, 9, '0') as cursor, r.item_id, r.version,
					case when i.author_id = ${me} then r.title end as title, case when i.author_id = ${me} then r.body_md end as body_md,
					case when i.author_id = ${me} then r.tags end as tags, r.note, r.created_at
				from revision r join item i on i.id = r.item_id
				where r.editor_id = ${me} and ${after(sql`r.item_id || '-' || lpad(r.version::text, 9, '0')`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'helped',
			query: (after) => sql`select item_id::text as cursor, item_id, ${about('helped')}, minutes_saved, note, created_at
				from helped where person_id = ${me} and ${after(sql`item_id::text`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'follows',
			query: (after) => sql`select target_kind || ':' || target as cursor, target_kind, target, created_at
				from follow where person_id = ${me} and ${after(sql`target_kind || ':' || target`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'drafts',
			query: (after) => sql`select key as cursor, key, content, updated_at
				from draft where person_id = ${me} and ${after(sql`key`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'signals',
			query: (after) => sql`select id::text as cursor, verb, item_id, space_id, result, at
				from signal where actor_id = ${me} and ${after(sql`id::text`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'notifications',
			query: (after) => sql`select kind as cursor, kind, in_page, mail
				from notification_preference where person_id = ${me} and ${after(sql`kind`)} order by 1 limit ${BATCH}`
		},
		{
			name: 'files',
			query: (after) => sql`select id::text as cursor, id, name, mime, bytes, sha256, created_at
				from file where uploader_id = ${me} and ${after(sql`id::text`)} order by 1 limit ${BATCH}`
		}
	];
}

async function* jsonArray(list: AsyncIterable<unknown>): AsyncGenerator<string> {
	let before = '[';
	for await (const one of list) {
		yield `${before}\n${JSON.stringify(one)}`;
		before = ',';
	}
	yield before === '[' ? '[]\n' : '\n]\n';
}

async function markdownOf({ body_md, ...about }: OwnItem): Promise<string> {
	const { stringify } = await import('yaml');
	const { created_at: created, updated_at: updated, helped_count: helped, provenance, ...rest } = about;
	const facts = { ...rest, created, updated, helped, ...(provenance ? { provenance } : {}) };
	return `---\n${stringify(facts)}---\n\n${body_md}\n`;
}

function pathOf({ id, kind, title, parent, created_at }: OwnItem): string {
	const slug = (title || parent?.title || kind)
		.toLowerCase()
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return `items/${kind}/${String(created_at).slice(0, 10)}-${slug}-${id.slice(-8)}.md`;
}

async function* filesOf(db: Db, viewer: Viewer): AsyncGenerator<Entry> {
	const uploads = batches<{ id: string; name: string; sha256: string }>(
		db,
		(after) => sql`select id::text as cursor, id, name, sha256 from file
			where uploader_id = ${viewer.id} and ${after(sql`id::text`)} order by 1 limit ${BATCH}`
	);
	for await (const { id, name, sha256 } of uploads) {
		// A content that was lost must not take the rest of the archive with it.
		if (!(await files().exists(sha256))) continue;
		yield { path: `files/${id.slice(-8)}-${name}`, content: await files().get(sha256), packed: true };
	}
}
