import { areaOffer, newArea } from '#src/community/areas/input.ts';
import { offerArea, shareArea } from '#src/community/areas/server/people.ts';
import { makeArea } from '#src/community/areas/server/write.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { areas } from './content/community.ts';
import type { Place } from './organisation.ts';

/** How the people of the example look after their communities. */
export async function addCommunity(tx: Db, places: Place[], cast: Map<string, string>): Promise<void> {
	const of = async (key: string): Promise<Viewer> => (await loadViewer(tx, cast.get(key)!))!;
	for (const { people, spaces, ...about } of areas) {
		const spaceIds = places.filter(({ slug }) => spaces.includes(slug)).map(({ id }) => id);
		const id = await makeArea(tx, await of('tomasz'), newArea.parse({ ...about, spaceIds }));
		for (const { who, asked, ...offer } of people) {
			await offerArea(tx, await of('tomasz'), id, cast.get(who)!, areaOffer.parse(offer));
			if (!asked) await shareArea(tx, await of(who), id, {});
		}
	}
}
