import { newAim, newAimReview } from '#src/community/aims/input.ts';
import { addAim, reviewAim, writePurpose } from '#src/community/aims/server/write.ts';
import { areaOffer, newArea } from '#src/community/areas/input.ts';
import { offerArea, shareArea } from '#src/community/areas/server/people.ts';
import { makeArea } from '#src/community/areas/server/write.ts';
import { sayTried, showPractice } from '#src/community/practice/server/write.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { areas, plans, practice } from './content/community.ts';
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
	for (const { space, by, purpose, aims } of plans) {
		const viewer = await of(by);
		const scope = { kind: 'space', id: places.find(({ slug }) => slug === space)!.id } as const;
		await writePurpose(tx, viewer, scope, { purpose, version: 0 });
		for (const { figure, learnt, looksAgain, ...aim } of aims) {
			const metricId = figure && (await figureOf(tx, figure));
			const id = await addAim(tx, viewer, scope, newAim.parse({ ...aim, metricId, reviewOn: inDays(looksAgain) }));
			if (learnt)
				await reviewAim(tx, viewer, id, newAimReview.parse({ state: 'open', learnt, next: inDays(looksAgain + 30) }));
		}
	}
	for (const { space, by, tried } of practice) {
		const { id } = places.find(({ slug }) => slug === space)!;
		await showPractice(tx, await of(by), id);
		for (const { days, text } of tried) await sayTried(tx, await of(by), id, { text, triedOn: inDays(-days) });
	}
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const figureOf = async (tx: Db, title: string): Promise<string> =>
	(await row<{ id: string }>(tx, sql`select id from item where kind = 'figure' and title = ${title}`))!.id;
