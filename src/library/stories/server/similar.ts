import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { similarItems, type Concept } from '#src/core/search/server/search.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { resultTexts, type StoryResult } from '../story.ts';

/** A story of a case like the one that begins. */
export interface SimilarStory {
	title: string;
	href: string;
	/** How it ended: "It did not work". */
	ended: string;
}

/**
 * Stories the viewer may read of cases like the one a title or a problem tells of, the nearest first.
 * @param telling words of that, by `tellingWords`
 */
export async function similarStories(db: Db, viewer: Viewer, telling: Concept[], limit = 3): Promise<SimilarStory[]> {
	const near = await similarItems(db, viewer, telling, { kind: 'story', limit });
	// What is only half as near as the nearest shares little more than common words.
	const alike = near.filter(({ score }) => score >= near[0]!.score / 2);
	const ids = array(
		alike.map(({ id }) => id),
		'uuid'
	);
	const found = await rows<{ id: string; title: string; result: StoryResult }>(
		db,
		sql`select i.id, i.title, s.result from item i join story s on s.item_id = i.id
			where i.id = any(${ids}) and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by array_position(${ids}, i.id)`
	);
	return found.map(({ id, title, result }) => ({
		title,
		href: itemAddress({ id, kind: 'story', rootId: id, rootKind: 'story' }),
		ended: resultTexts[result].label
	}));
}
