import type { Viewer } from '#src/core/access/server/viewer.ts';
import { watch } from '#src/core/items/server/follows.ts';
import { iso } from '#src/core/items/server/present.ts';
import { offerToBeAsked } from '#src/core/people/server/profiles.ts';
import { array, row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { CallView } from '../call.ts';
import type { CallAnswer } from '../input.ts';

interface CallRow {
	id: string;
	slug: string;
	space: string;
	topic: string;
	by_id: string;
	by_name: string;
	created_at: string;
	answer: CallView['answer'];
}

/** Calls for a second that the viewer got and may still read the space of, the newest first. */
const callsTo = (db: Db, viewer: Viewer, which: SQL) =>
	rows<CallRow>(
		db,
		sql`select c.id, s.slug, s.name as space, c.topic, p.id as by_id, p.name as by_name, c.created_at, d.answer
			from community_called d join community_call c on c.id = d.call_id and c.kind = 'second'
			join space s on s.id = c.space_id join person p on p.id = c.by_id
			where d.person_id = ${viewer.id} and s.id = any(${array(viewer.readableSpaces, 'uuid')}) and ${which}
			order by c.created_at desc limit 100`
	);

const present = ({ slug, space, topic, by_id, by_name, created_at, ...call }: CallRow): CallView => ({
	...{ ...call, tag: topic, at: iso(created_at) },
	...{ space: { slug, name: space }, by: { id: by_id, name: by_name } }
});

export const myCalls = async (db: Db, viewer: Viewer): Promise<CallView[]> =>
	(await callsTo(db, viewer, sql`true`)).map(present);

/** One of them. @throws Failure not_found for what the viewer was not asked */
export async function readCall(db: Db, viewer: Viewer, id: string): Promise<CallView> {
	const [found] = isId(id) ? await callsTo(db, viewer, sql`c.id = ${id}`) : [];
	if (!found) throw notFound('You were not asked this, or it is over.');
	return present(found);
}

/**
 * Answers. Yes: the viewer follows the topic and can be asked about it, and those who look after the space read their
 * name. No: nobody is told, and it is not asked again. One may change one's mind.
 * @throws Failure not_found
 */
export async function answerCall(db: Db, viewer: Viewer, id: string, { answer }: CallAnswer): Promise<void> {
	const { tag } = await readCall(db, viewer, id);
	await db.transaction(async (tx) => {
		await row(
			tx,
			sql`update community_called set answer = ${answer}, answered_at = now() where call_id = ${id} and person_id = ${viewer.id}`
		);
		if (answer === 'no') return;
		await watch(tx, viewer.id, { targetKind: 'tag', target: tag });
		await offerToBeAsked(tx, viewer.id, tag);
	});
}
