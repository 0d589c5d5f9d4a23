import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileIdsIn } from '#src/core/files/server/read.ts';
import { change, type FileReport } from '#src/core/import/report.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { lockBank, type Bank } from '../../banks/server/banks.ts';
import { MOST_OBJECTIVES } from '../../banks/server/objectives.ts';
import type { QuestionContent } from '../../question.ts';
import type { Where } from './carried.ts';

/** A question that is ready to be written. */
export interface Ready extends Where {
	id: string;
	objective: string;
	content: QuestionContent;
}

/**
 * Writes a batch of questions into a bank, in the caller's transaction. What came from the same
 * place before, or is in the bank by its own id, is there already.
 */
export async function writeBatch(
	tx: Db,
	viewer: Viewer,
	bank: Bank,
	{ source, batch, report }: { source: string; batch: readonly Ready[]; report: FileReport }
): Promise<void> {
	await lockBank(tx, viewer, bank.id);
	const known = await knownOf(tx, bank.id, source, batch);
	const fresh = new Map(batch.filter(({ id }) => !known.has(id)).map((each) => [each.id, each]));
	report.present += batch.length - fresh.size;
	if (fresh.size === 0) return;
	const objectives = await objectivesFor(tx, bank.id, [...fresh.values()], report);
	const written = [...fresh.values()].map(({ id, objective, content }) => ({
		...{ id: newId(), objective: objectives.get(objective) ?? null, content, origin: id }
	}));
	await tx.execute(sql`with r as materialized (select * from json_to_recordset(${JSON.stringify(written)}::text::json)
			as r(id uuid, objective uuid, content jsonb, origin text)),
		made as (
			insert into bank_question (id, bank_id, objective_id, provenance, created_by)
			select id, ${bank.id}, objective, jsonb_build_object('source', ${source}::text, 'id', origin), ${viewer.id} from r
			returning id)
		insert into bank_question_version (question_id, version, content, edited_by)
		select r.id, 1, r.content, ${viewer.id} from r join made using (id)`);
	await openFiles(tx, bank.id, fileIdsIn(JSON.stringify(written)));
	report.written += written.length;
}

/** Who takes a check that draws from the bank sees its pictures. */
async function openFiles(tx: Db, bankId: string, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await tx.execute(sql`insert into item_file (item_id, file_id)
		select c.item_id, f.id from check_item c cross join file f
		where c.bank_id = ${bankId} and f.id = any(${array(ids, 'uuid')}) on conflict do nothing`);
}

async function knownOf(tx: Db, bankId: string, source: string, batch: readonly Ready[]): Promise<Set<string>> {
	const ids = array(
		batch.map(({ id }) => id),
		'text'
	);
	const found = await rows<{ id: string }>(
		tx,
		sql`select provenance ->> 'id' as id from bank_question where bank_id = ${bankId} and provenance is not null
				and provenance ->> 'source' = ${source} and provenance ->> 'id' = any(${ids})
			union select id::text from bank_question where bank_id = ${bankId} and id::text = any(${ids})`
	);
	return new Set(found.map(({ id }) => id));
}

/** The objectives of a batch by their titles; those that are new are made. */
async function objectivesFor(
	tx: Db,
	bankId: string,
	batch: readonly Ready[],
	report: FileReport
): Promise<Map<string, string>> {
	const found = await rows<{ id: string; title: string }>(
		tx,
		sql`select id, title from objective where bank_id = ${bankId} order by position desc, id desc`
	);
	const known = new Map(found.map(({ id, title }) => [title, id]));
	const made: { id: string; title: string; position: number }[] = [];
	let count = found.length;
	for (const { objective: title, line, what } of batch) {
		if (!title || known.has(title)) continue;
		if (count >= MOST_OBJECTIVES) {
			change(report, { line, what, reason: `stands without its objective: a bank has ${MOST_OBJECTIVES} at most` });
			continue;
		}
		const id = newId();
		made.push({ id, title, position: (count += 1) });
		known.set(title, id);
	}
	if (made.length > 0)
		await tx.execute(sql`insert into objective (id, bank_id, title, position)
			select id, ${bankId}, title, position from json_to_recordset(${JSON.stringify(made)}::text::json)
				as r(id uuid, title text, position integer)`);
	return known;
}
