import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { QuestionContent } from '../../question.ts';
import { lintBank, lintQuestion, type Drawn, type Linted, type Warning } from '../lint.ts';
import { bankOf } from './banks.ts';

/** Of larger banks the first so many are looked at. */
const MOST = 2000;

/**
 * What could be better about a bank: about all of its questions together with what its checks draw, and about each.
 * @param only of which questions it speaks by themselves; of all where it is not given
 * @throws Failure not_found or forbidden
 */
export async function lintOf(db: Db, viewer: Viewer, bankId: string, only?: readonly string[]): Promise<Warning[]> {
	await bankOf(db, viewer, bankId);
	const questions = await rows<Linted & { state: string }>(
		db,
		sql`select q.id, q.objective_id as "objectiveId", q.state, v.content
			from bank_question q join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.bank_id = ${bankId} and q.state <> 'retired' order by q.created_at, q.id limit ${MOST}`
	);
	const ready = questions.filter(({ state }) => state === 'ready');
	const checks = await rows<{ minutes: number; draws: Drawn[] }>(
		db,
		sql`select c.minutes, jsonb_agg(jsonb_build_object('objectiveId', d.objective_id, 'title', o.title, 'draws', d.draws)
				order by d.position) as draws
			from check_item c join item i on i.id = c.item_id and i.state = 'open' join check_draw d on d.item_id = c.item_id
			join objective o on o.id = d.objective_id
			where c.bank_id = ${bankId} group by c.item_id, c.minutes order by c.item_id`
	);
	const whole = [lintBank(ready), ...checks.map(({ draws, minutes }) => lintBank(ready, draws, minutes))].flat();
	const once = new Map(whole.map((warning) => [`${warning.rule} ${warning.message}`, warning]));
	const each = only ? questions.filter(({ id }) => only.includes(id)) : questions;
	return [...once.values(), ...each.flatMap((question) => lintQuestion(question, viewer.contentLanguage))];
}

/** The same of one content that may not be saved yet. */
export const lintContent = (viewer: Viewer, id: string, content: QuestionContent): Warning[] =>
	lintQuestion({ id, objectiveId: null, content }, viewer.contentLanguage);
