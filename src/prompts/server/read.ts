import { canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { linePage, presentLine, type ItemFilter, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { PromptRow, PromptStatus, PromptView } from '../prompt.ts';
import { entriesOf } from './entries.ts';
import { canCurate, promptOf, statusNow } from './record.ts';

/** A prompt with its entries, and its winners once they are drawn. @throws Failure not_found */
export async function readPrompt(db: Db, viewer: Viewer, id: string): Promise<PromptView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'prompt');
	const prompt = await promptOf(db, viewer, id);
	const { rule, closes_on, announces_on, prizes, status, seed_hash, drawn, due } = prompt;
	const curates = canCurate(viewer, prompt);
	return {
		...item,
		...{ rule, prizes, status, drawn, closesOn: closes_on, announcesOn: announces_on, seedHash: seed_hash },
		entries: await entriesOf(db, viewer, id),
		canEnter: status === 'open' && canWriteIn(viewer, { spaceId: prompt.space_id }),
		...{ canCurate: curates, canDraw: curates && due && !drawn && prizes.length > 0 }
	};
}

interface Line extends LineRow {
	closes_on: string;
	status: PromptStatus;
	entries: number;
	entered: boolean;
}

/** Prompts the viewer may read, the liveliest first. */
export const listPrompts = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<Line, PromptRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`v.closes_on::text, ${statusNow},
				(select count(*)::int from prompt_entry e where e.prompt_id = i.id) as entries,
				exists (select from prompt_entry e where e.prompt_id = i.id and e.person_id = ${viewer.id}) as entered`,
			join: sql`join prompt v on v.item_id = i.id`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ closesOn: line.closes_on, status: line.status, entries: line.entries, entered: line.entered }
		})
	);
