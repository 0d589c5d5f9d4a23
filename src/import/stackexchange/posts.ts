import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { cleanLine } from '#src/core/import/clean.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { idAt, knownItems, writeItems, type ImportedItem, type KnownItem } from '../write.ts';
import { readMoment, readTags, rowId, wholeNumber, writtenAt } from './fields.ts';
import { FORMER, peopleOf } from './people.ts';
import type { Row } from './rows.ts';
import { part, type Dump } from './source.ts';

/** A post that is ready but for the ids of its author and its question. */
interface Post extends Omit<ImportedItem, 'authorId' | 'spaceId'> {
	line: number;
	ref: string;
	parentRef?: string;
	author: string;
}

const OTHER_TYPES: Record<string, string> = {
	3: 'orphaned tag wikis',
	4: 'tag wiki excerpts',
	5: 'tag wikis',
	6: 'moderator nominations',
	7: 'wiki placeholders',
	8: 'privilege wikis'
};

/** Questions and answers. An answer that is read before its question waits for the end of the file. */
export const posts = part<Post[]>({
	file: 'Posts.xml',
	async prepare(dump, read, report) {
		const kept = read.filter((row) => isWanted(row, report));
		const texts = await dump.pool.render(kept.map((row) => ({ html: row.attributes.Body ?? '' })));
		return kept.map((row, index) => {
			const { bodyMd, bodyHtml, cut } = texts[index]!;
			const post = readPost(dump, row, report);
			if (cut)
				change(report, { line: row.line, what: post.ref, reason: 'its text was longer than 100,000 characters; cut' });
			const title = post.kind === 'question' ? titleOf(row, post.ref, bodyHtml, report) : undefined;
			return { ...post, title, bodyMd, bodyHtml };
		});
	},
	write: writePosts,
	finish: writePending
});

function isWanted(row: Row, report: FileReport): boolean {
	const id = rowId(row, report);
	if (!id) return false;
	const { PostTypeId: type, ParentId: parent } = row.attributes;
	if (type === '1') return true;
	if (type === '2') {
		if (wholeNumber(parent)) return true;
		skip(report, { line: row.line, what: `post/${id}`, reason: 'an answer that names no question' });
	} else if (type && OTHER_TYPES[type]) leaveOut(report, OTHER_TYPES[type]);
	else skip(report, { line: row.line, what: `post/${id}`, reason: 'its PostTypeId is unknown' });
	return false;
}

function readPost(dump: Dump, row: Row, report: FileReport): Omit<Post, 'bodyMd' | 'bodyHtml'> {
	const field = row.attributes;
	const ref = `post/${field.Id}`;
	const isQuestion = field.PostTypeId === '1';
	const createdAt = writtenAt(row, ref, ['CreationDate', 'LastEditDate', 'LastActivityDate'], dump.madeAt, report);
	if (field._invalid)
		change(report, { line: row.line, what: ref, reason: 'it holds bytes that are no UTF-8; replaced' });
	const owner = wholeNumber(field.OwnerUserId);
	return {
		...{ line: row.line, ref, createdAt, id: idAt(createdAt), kind: isQuestion ? 'question' : 'answer' },
		parentRef: isQuestion ? undefined : `post/${field.ParentId}`,
		author: owner === undefined ? FORMER : String(owner),
		tags: isQuestion ? readTags(field.Tags) : [],
		updatedAt: readMoment(field.LastEditDate) ?? createdAt,
		activeAt: readMoment(field.LastActivityDate) ?? createdAt,
		provenance: {
			...{ source: dump.source, id: ref, score: wholeNumber(field.Score), views: wholeNumber(field.ViewCount) },
			accepted: isQuestion && wholeNumber(field.AcceptedAnswerId) ? `post/${field.AcceptedAnswerId}` : undefined,
			author: owner === undefined && field.OwnerDisplayName ? cleanLine(field.OwnerDisplayName, 80) : undefined,
			closedAt: readMoment(field.ClosedDate),
			license: field.ContentLicense ? cleanLine(field.ContentLicense, 40) : undefined,
			url: dump.host && `https://${dump.host}/${isQuestion ? 'q' : 'a'}/${field.Id}`
		}
	};
}

function titleOf(row: Row, ref: string, bodyHtml: string, report: FileReport): string {
	const title = cleanLine(row.attributes.Title ?? '', 200);
	if (title) return title;
	change(report, { line: row.line, what: ref, reason: 'it has no title; its first words were used' });
	return plainText(bodyHtml, 100) || 'Without a title';
}

async function writePosts(tx: Db, dump: Dump, batch: Post[], report: FileReport): Promise<void> {
	const known = await knownItems(
		tx,
		dump.source,
		batch.flatMap(({ ref, parentRef }) => (parentRef ? [ref, parentRef] : [ref]))
	);
	const fresh = new Map<string, Post>();
	for (const post of batch) {
		if (known.has(post.ref)) report.present += 1;
		else if (fresh.has(post.ref))
			skip(report, { line: post.line, what: post.ref, reason: 'its Id stands twice in the file; the first was taken' });
		else fresh.set(post.ref, post);
	}
	const isWaiting = ({ parentRef }: Post) => parentRef && !known.has(parentRef) && !fresh.has(parentRef);
	const waiting = [...fresh.values()].filter(isWaiting);
	const ready = [...fresh.values()].filter((post) => !isWaiting(post));
	await keepForLater(tx, dump, waiting);
	await insertPosts(tx, dump, ready, known, report);
}

async function insertPosts(tx: Db, dump: Dump, batch: Post[], known: Map<string, KnownItem>, report: FileReport) {
	const questions = new Map(batch.filter(({ kind }) => kind === 'question').map((post) => [post.ref, post.id]));
	const authors = await peopleOf(
		tx,
		dump,
		batch.map(({ author }) => author),
		dump.madeAt
	);
	const items: ImportedItem[] = [];
	for (const { line, ref, parentRef, author, ...post } of batch) {
		const parent = parentRef ? known.get(parentRef) : undefined;
		const parentId = parentRef && (parent?.kind === 'question' ? parent.id : questions.get(parentRef));
		if (parentRef && !parentId) skip(report, { line, what: ref, reason: 'an answer to something that is no question' });
		else items.push({ ...post, parentId, spaceId: parent?.space_id ?? dump.spaceId, authorId: authors.get(author)! });
	}
	await writeItems(tx, items);
	await tx.execute(sql`insert into question (item_id) select unnest(${array([...questions.values()], 'uuid')})`);
	await countAnswers(
		tx,
		items.filter(({ kind }) => kind === 'answer').map(({ id }) => id)
	);
	report.written += items.length;
}

/** What new answers change in their questions: the count, and the accepted one where the dump names it. */
async function countAnswers(tx: Db, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await tx.execute(sql`update question set
			answer_count = answer_count + a.count,
			accepted_answer_id = coalesce(a.accepted, accepted_answer_id),
			status = case when a.accepted is not null and status = 'open' then 'answered' else status end,
			useful_at = coalesce(a.accepted_at, useful_at)
		from (
			select answer.parent_id, count(*) as count,
				(array_agg(answer.id) filter (where is_accepted))[1] as accepted,
				min(answer.created_at) filter (where is_accepted) as accepted_at
			from item answer join item asked on asked.id = answer.parent_id,
				lateral (select coalesce(asked.provenance ->> 'accepted' = answer.provenance ->> 'id', false) as is_accepted) mark
			where answer.id = any(${array(ids, 'uuid')})
			group by answer.parent_id
		) a
		where question.item_id = a.parent_id`);
}

async function keepForLater(tx: Db, dump: Dump, waiting: Post[]): Promise<void> {
	if (waiting.length === 0) return;
	const records = waiting.map((post) => ({ ref: post.ref, parent: post.parentRef, line: post.line, content: post }));
	await tx.execute(sql`insert into import_pending (source, ref, parent_ref, line, content)
		select ${dump.source}, ref, parent, line, content
		from json_to_recordset(${JSON.stringify(records)}::text::json) as r(ref text, parent text, line bigint, content jsonb)
		on conflict do nothing`);
}

const PENDING_BATCH = 500;

/** Answers whose question came later are written now; the others have none in this dump. */
async function writePending(tx: Db, dump: Dump, report: FileReport): Promise<void> {
	for (;;) {
		const found = await rows<{ content: Post }>(
			tx,
			sql`delete from import_pending where (source, ref) in (
				select p.source, p.ref from import_pending p
				join item i on i.provenance ->> 'source' = p.source and i.provenance ->> 'id' = p.parent_ref
				where p.source = ${dump.source} order by p.ref limit ${PENDING_BATCH}) returning content`
		);
		if (found.length === 0) break;
		const batch = found.map(({ content }) => (typeof content === 'string' ? (JSON.parse(content) as Post) : content));
		await insertPosts(
			tx,
			dump,
			batch,
			await knownItems(
				tx,
				dump.source,
				batch.map(({ parentRef }) => parentRef!)
			),
			report
		);
	}
	const orphans = await rows<{ ref: string; line: string }>(
		tx,
		sql`delete from import_pending where source = ${dump.source} returning ref, line`
	);
	orphans.sort((a, b) => Number(a.line) - Number(b.line));
	for (const { ref, line } of orphans)
		skip(report, { line: Number(line), what: ref, reason: 'an answer whose question is not in the dump' });
}
