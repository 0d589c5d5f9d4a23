import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { keptRests, restsNow, sameRests } from '../rests/server/rests.ts';
import { causeLabel } from '../causes.ts';
import type { NewConclusion } from '../input.ts';
import type { CauseView, PathView } from '../need.ts';
import { causesOf, pathsOf } from './analysis.ts';
import { contentOf, lastConclusion, sameContent } from './content.ts';
import { obstacles } from './obstacles.ts';
import { costsOf, lockNeed } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** The analysis of a need came to a conclusion. */
		'need.concluded': { itemId: string; conclusionId: string; actorId: string };
	}
}

/**
 * Records what the analysis came to. All six causes are looked at before; what is chosen answers a
 * cause that was found; and quick fixes come first, or it says why there is none.
 * @returns the conclusion's id, which never changes
 * @throws Failure invalid while something is missing; conflict where nothing is new
 */
export async function conclude(
	db: Db,
	viewer: Viewer,
	id: string,
	{ submission, decision, summary, noQuick }: NewConclusion
): Promise<string> {
	return db.transaction(async (tx) => {
		const need = { ...(await lockNeed(tx, viewer, id)), no_quick: noQuick };
		const last = await lastConclusion(tx, id);
		if (submission && !(await isFirst(tx, viewer, submission)) && last) return last.id;
		const [causes, paths] = [await causesOf(tx, id), await pathsOf(tx, id, costsOf(need))];
		expectLookedAt(causes);
		if (decision === 'act') expectChosen(causes, paths, noQuick);
		const content = contentOf(need, causes, paths, summary);
		const rests = await restsNow(tx, viewer, id);
		const isSame = last?.decision === decision && sameContent(content, last.content);
		if (isSame && sameRests(rests, await keptRests(tx, last.id)))
			throw conflict('Nothing has changed since it was recorded last.');
		const conclusionId = newId();
		await tx.execute(sql`update need set no_quick = ${noQuick} where item_id = ${id}`);
		await tx.execute(sql`insert into need_conclusion (id, need_id, number, decision, lacks_knowledge, content, rests, concluded_by)
			values (${conclusionId}, ${id}, ${(last?.number ?? 0) + 1}, ${decision}, ${isCause(causes, 'knowledge')},
				${JSON.stringify(content)}::text::jsonb, ${JSON.stringify(rests)}::text::jsonb, ${viewer.id})`);
		await tx.execute(sql`update item set active_at = now() where id = ${id}`);
		await emit(tx, 'need.concluded', { itemId: id, conclusionId, actorId: viewer.id });
		return conclusionId;
	});
}

function expectLookedAt(causes: CauseView[]): void {
	const open = obstacles(causes);
	if (open.length > 0) throw invalid({ causes: 'are not all looked at' }, open.join(' '));
}

function expectChosen(causes: CauseView[], paths: PathView[], noQuick: string): void {
	const chosen = paths.filter((path) => path.chosen);
	if (chosen.length === 0)
		throw invalid({ paths: 'need one that is chosen' }, 'Choose at least one path, or leave it.');
	const stray = chosen.find(({ cause }) => !isCause(causes, cause));
	if (stray)
		throw invalid(
			{ paths: 'hold one for a cause that was not found' },
			`“${stray.title}” is for ${causeLabel(stray.cause).toLowerCase()}, which was not found to be a cause.`
		);
	if (!paths.some(({ quick }) => quick) && !noQuick.trim())
		throw invalid({ noQuick: 'is needed where no path is a quick fix' });
}

/** Whether a cause was found, in full or in part. */
const isCause = (causes: readonly CauseView[], name: CauseView['cause']) =>
	causes.some(({ cause, answer }) => cause === name && (answer === 'yes' || answer === 'partly'));
