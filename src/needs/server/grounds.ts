import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import type { Ground } from '#src/core/grounds/ground.ts';
import type { Grounds } from '#src/core/grounds/server/grounds.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { works } from './record.ts';

interface GroundRow {
	id: string;
	need_id: string;
	title: string;
	says: string | null;
}

const columns = sql`c.id, c.need_id, c.content ->> 'title' as title, (
	select one ->> 'shows' from jsonb_array_elements(c.content -> 'causes') one where one ->> 'cause' = 'knowledge') as says`;

const present = ({ id, need_id, title, says }: GroundRow): Ground => ({
	...{ id, title, says: says ?? '', href: `/needs/${need_id}` }
});

/** What analyses entitle to: the newest record of each, where it found a lack of knowledge or skill. */
export const grounds: Grounds = {
	async usable(db: Db, viewer: Viewer) {
		const found = await rows<GroundRow & { space_id: string; author_id: string; editor_ids: string[] }>(
			db,
			sql`select ${columns}, i.space_id, i.author_id,
					array(select e.person_id::text from need_editor e where e.need_id = i.id) as editor_ids
				from item i join lateral (
					select * from need_conclusion c where c.need_id = i.id order by c.number desc limit 1) c on true
				where i.kind = 'need' and i.state = 'open' and c.lacks_knowledge and c.decision = 'act' and ${visibleItems(viewer, 'i')}
				order by c.concluded_at desc limit 100`
		);
		return found.filter((one) => works(viewer, one)).map(present);
	},
	async read(db: Db, ids: readonly string[]) {
		const found = await rows<GroundRow>(
			db,
			sql`select ${columns} from need_conclusion c where c.id = any(${array(ids, 'uuid')})`
		);
		return found.map(present);
	}
};
