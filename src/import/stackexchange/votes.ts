import { sql } from '#src/platform/server/db.ts';
import { leaveOut } from '#src/core/import/report.ts';
import { readMoment, rowId } from './fields.ts';
import { part } from './source.ts';

interface Acceptance {
	ref: string;
	at: string;
}

/**
 * Votes are nameless: they stand in each post's score already. What they add is when an
 * answer was accepted, which tells how long the asker waited for it.
 */
export const votes = part<Acceptance[]>({
	file: 'Votes.xml',
	prepare: (_dump, read, report) =>
		read.flatMap((row) => {
			const { VoteTypeId: type, PostId: post, CreationDate } = row.attributes;
			const at = readMoment(CreationDate);
			if (type === '1' && at && rowId(row, report)) return [{ ref: `post/${post}`, at }];
			if (type === '1') return [];
			leaveOut(report, 'votes, which stand in the scores');
			return [];
		}),
	async write(tx, dump, accepted, report) {
		if (accepted.length === 0) return;
		// Dumps give the day only: an answer was not accepted before it was written.
		await tx.execute(sql`update question set useful_at = greatest(r.at, answer.created_at)
			from json_to_recordset(${JSON.stringify(accepted)}::text::json) as r(ref text, at timestamptz)
			join item answer on answer.provenance ->> 'source' = ${dump.source} and answer.provenance ->> 'id' = r.ref
			where question.item_id = answer.parent_id and question.accepted_answer_id = answer.id`);
		report.written += accepted.length;
	}
});
