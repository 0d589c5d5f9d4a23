import { sql, type Db } from '#src/platform/server/db.ts';
import type { Chooser } from '#src/core/notify/choice.ts';

/** Notifications of one kind that came to people in a space at a moment, one each. */
export async function somePushes(
	db: Db,
	{
		at,
		spaceId,
		people,
		choice,
		kind = 'item.new'
	}: { at: string; spaceId: string; people: readonly { id: string }[]; choice: Chooser; kind?: string }
): Promise<void> {
	for (const { id } of people)
		await db.execute(sql`insert into notification (id, person_id, event_id, kind, space_id, choice, created_at)
			values (gen_random_uuid(), ${id}, gen_random_uuid(), ${kind}, ${spaceId}, ${choice}, ${at}::timestamptz)`);
}
