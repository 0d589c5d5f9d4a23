import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newDrip, newTip } from '#src/drips/input.ts';
import { beginDrip, dripToEdit } from '#src/drips/server/drafts.ts';
import { publishDrip } from '#src/drips/server/publish.ts';
import { addTip } from '#src/drips/server/tips.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** A series that is being written, with so many tips: "Tip 1" says "Say 1." */
export async function aDraftDrip(db: Db, viewer: Viewer, spaceId: string, { tips = 3 } = {}): Promise<string> {
	const about = { title: 'The till in ten days', about: 'For everybody new.', spaceId };
	const id = await beginDrip(db, viewer, parse(newDrip, about));
	for (let at = 1; at <= tips; at += 1)
		await addTip(db, viewer, id, parse(newTip, { title: `Tip ${at}`, body: `Say ${at}.` }));
	return id;
}

/** The same, published. */
export async function aDrip(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Parameters<typeof aDraftDrip>[3] = {}
): Promise<{ id: string; tips: string[] }> {
	const id = await aDraftDrip(db, viewer, spaceId, more);
	await publishDrip(db, viewer, id);
	return { id, tips: (await dripToEdit(db, viewer, id)).tips.map((tip) => tip.id) };
}
