import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { canManage } from '#src/core/spaces/server/policy.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { AnswerPromise } from '../input.ts';

/** What the stewards of a space promise to whoever asks in it. @throws Failure forbidden for others */
export async function promiseAnswers(db: Db, viewer: Viewer, spaceId: string, wish: AnswerPromise): Promise<void> {
	await expectSteward(db, viewer, spaceId);
	await db.execute(sql`insert into answer_promise (space_id, share, hours, made_by)
		values (${spaceId}, ${wish.share}, ${wish.hours}, ${viewer.id})
		on conflict (space_id) do update set share = excluded.share, hours = excluded.hours, made_by = excluded.made_by, made_at = now()`);
}

/** Takes the promise back; without one nothing happens. @throws Failure forbidden */
export async function takeBackPromise(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await expectSteward(db, viewer, spaceId);
	await db.execute(sql`delete from answer_promise where space_id = ${spaceId}`);
}

async function expectSteward(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	allow(canManage(viewer, await spaceById(db, viewer, spaceId)), 'Only stewards promise something in a space.');
}
