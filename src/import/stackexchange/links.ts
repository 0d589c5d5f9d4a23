import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { knownItems } from '../write.ts';
import { readMoment, rowId } from './fields.ts';
import { part, type Dump } from './source.ts';

interface Link {
	line: number;
	ref: string;
	from: string;
	to: string;
	relation: 'duplicates' | 'mentions';
	createdAt: string;
}

interface Resolved extends Link {
	fromId: string;
	toId: string;
}

const RELATIONS: Record<string, Link['relation']> = { 1: 'mentions', 3: 'duplicates' };

/** What a post points to: a duplicate leads on to the question it repeats. */
export const links = part<Link[]>({
	file: 'PostLinks.xml',
	prepare: (dump, read, report) =>
		read.flatMap((row) => {
			const id = rowId(row, report);
			if (!id) return [];
			const { LinkTypeId: type = '', PostId: from, RelatedPostId: to, CreationDate } = row.attributes;
			const relation = RELATIONS[type];
			if (!relation) leaveOut(report, 'links of another type');
			else if (from === to) skip(report, { line: row.line, what: `link ${id}`, reason: 'a post linked to itself' });
			else
				return [
					{
						...{ line: row.line, ref: `link ${id}`, from: `post/${from}`, to: `post/${to}`, relation },
						createdAt: readMoment(CreationDate) ?? dump.madeAt
					}
				];
			return [];
		}),
	write: writeLinks
});

async function writeLinks(tx: Db, dump: Dump, batch: Link[], report: FileReport): Promise<void> {
	const known = await knownItems(
		tx,
		dump.source,
		batch.flatMap(({ from, to }) => [from, to])
	);
	const resolved: Resolved[] = [];
	for (const link of batch) {
		const [from, to] = [known.get(link.from), known.get(link.to)];
		const { line, ref } = link;
		if (!from || !to) skip(report, { line, what: ref, reason: 'it links a post that is not here' });
		else if (link.relation === 'duplicates' && (from.kind !== 'question' || to.kind !== 'question'))
			skip(report, { line, what: ref, reason: 'a duplicate that is no question' });
		else resolved.push({ ...link, fromId: from.id, toId: to.id });
	}
	const { kept: duplicates, merged } = await follow(
		tx,
		resolved.filter(({ relation }) => relation === 'duplicates'),
		report
	);
	await mergeDuplicates(tx, merged);
	const written = await insertLinks(tx, [...duplicates, ...resolved.filter(({ relation }) => relation === 'mentions')]);
	report.written += written;
	report.present += duplicates.length + resolved.filter(({ relation }) => relation === 'mentions').length - written;
}

/** Two questions may be said to repeat each other; following that would never end. */
async function follow(
	tx: Db,
	links: Resolved[],
	report: FileReport
): Promise<{ kept: Resolved[]; merged: { from: string; to: string }[] }> {
	if (links.length === 0) return { kept: [], merged: [] };
	const ids = [...new Set(links.flatMap(({ fromId, toId }) => [fromId, toId]))];
	const leads = await rows<{ item_id: string; duplicate_of: string }>(
		tx,
		sql`with recursive chain as (
				select item_id, duplicate_of from question where item_id = any(${array(ids, 'uuid')}) and duplicate_of is not null
				union select q.item_id, q.duplicate_of from question q join chain c on q.item_id = c.duplicate_of where q.duplicate_of is not null
			) select item_id, duplicate_of from chain`
	);
	const next = new Map(leads.map(({ item_id, duplicate_of }) => [item_id, duplicate_of]));
	const end = (id: string): string => {
		let at = id;
		while (next.has(at)) at = next.get(at)!;
		return at;
	};
	const merged = new Map<string, string>();
	const kept = links.filter((link) => {
		if (end(link.toId) === link.fromId) {
			skip(report, { line: link.line, what: link.ref, reason: 'a duplicate of what repeats it already' });
			return false;
		}
		// A question repeats one other: the first link that says so leads on.
		if (!next.has(link.fromId)) {
			next.set(link.fromId, link.toId);
			merged.set(link.fromId, link.toId);
		}
		return true;
	});
	return { kept, merged: [...merged.keys()].map((from) => ({ from, to: end(from) })) };
}

/** Each duplicate leads to the one that is none, also those that led to what became one now. */
async function mergeDuplicates(tx: Db, merged: { from: string; to: string }[]): Promise<void> {
	if (merged.length === 0) return;
	const pairs = sql`json_to_recordset(${JSON.stringify(merged)}::text::json) as r("from" uuid, "to" uuid)`;
	await tx.execute(
		sql`update question set status = 'duplicate', duplicate_of = r.to from ${pairs} where item_id = r.from`
	);
	await tx.execute(sql`update question set duplicate_of = r.to from ${pairs} where duplicate_of = r.from`);
}

/** The author of the post that points stands for the link. */
async function insertLinks(tx: Db, links: Resolved[]): Promise<number> {
	const written = await rows(
		tx,
		sql`insert into item_link (from_id, to_id, relation, created_by, created_at)
			select distinct on (r."fromId", r."toId", r.relation) r."fromId", r."toId", r.relation, i.author_id, r."createdAt"
			from json_to_recordset(${JSON.stringify(links)}::text::json) as r("fromId" uuid, "toId" uuid, relation text, "createdAt" timestamptz)
			join item i on i.id = r."fromId"
			on conflict do nothing returning from_id`
	);
	return written.length;
}
