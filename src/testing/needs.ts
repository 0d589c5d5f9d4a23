import type { Viewer } from '#src/core/access/server/viewer.ts';
import { causeNames, type CauseAnswer, type CauseName } from '#src/needs/causes.ts';
import { causeEdit, costsEdit, newConclusion, newNeed, newPath } from '#src/needs/input.ts';
import { addPath, writeCause, writeCosts } from '#src/needs/server/analysis.ts';
import { conclude } from '#src/needs/server/conclude.ts';
import { stateNeed } from '#src/needs/server/needs.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What a need says; give more to differ from it. */
export const statement = {
	...{ title: 'Parcels come back because of wrong addresses', bodyMd: 'About sixty a month.' },
	...{ who: 'The twelve who pack', wanted: 'A parcel arrives the first time.', figure: 'Returns a week' }
};

/** A path that pays for itself; give more to differ from it. */
export const path = {
	...{ cause: 'tools', title: 'Print the label where the parcel is closed', quick: true },
	...{ moneyOnce: 250, hoursMake: 4, minutesEach: 5, days: 7, share: 60, chosen: true }
} as const;

/** A problem at work, stated. */
export const aNeed = (db: Db, viewer: Viewer, spaceId: string, more: Record<string, unknown> = {}): Promise<string> =>
	stateNeed(db, viewer, parse(newNeed, { ...statement, spaceId, ...more }));

/** Looks at all six causes: none is one, but for those given. */
export async function lookAtCauses(
	db: Db,
	viewer: Viewer,
	id: string,
	found: Partial<Record<CauseName, CauseAnswer>> = { tools: 'yes' }
): Promise<void> {
	for (const cause of causeNames) {
		const answer = found[cause] ?? 'no';
		const shows = answer === 'no' ? '' : 'Eight of twelve had an old label.';
		await writeCause(db, viewer, id, cause, parse(causeEdit, { answer, shows, version: 0 }));
	}
}

/** A need whose analysis is recorded, with what the six causes came to and one path. */
export async function aWorkedNeed(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	found: Partial<Record<CauseName, CauseAnswer>> = { tools: 'yes' }
): Promise<{ id: string; pathId: string; conclusionId: string }> {
	const id = await aNeed(db, viewer, spaceId);
	await writeCosts(
		db,
		viewer,
		id,
		parse(costsEdit, { people: 12, timesMonth: 60, minutesEach: 30, hourCost: 40, otherMonth: 300, version: 1 })
	);
	await lookAtCauses(db, viewer, id, found);
	const cause = (Object.keys(found)[0] ?? 'tools') as CauseName;
	const pathId = await addPath(db, viewer, id, parse(newPath, { ...path, cause }));
	const summary = 'Old labels are the cause.';
	const conclusionId = await conclude(db, viewer, id, parse(newConclusion, { decision: 'act', summary }));
	return { id, pathId, conclusionId };
}

/** A day from today, `2030-03-12`. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A plan for a need; give its owner. */
export const aPlan = (ownerId: string) => ({
	...{ ownerId, hypothesis: 'Fewer come back.', figure: 'Returns a week', baseline: 14, baselineOn: inDays(-2) },
	...{ baselineSource: 'The carrier’s list', target: 6, reviewOn: inDays(60), budget: 450, saves: 9000 }
});

/** A way to help, for the catalogue. */
export const anOption = {
	...{ label: 'A morning in the other shift', fits: 'Two shifts that blame each other.', causes: ['expectations'] },
	...{ outside: 'Swap two people for a morning.', hoursMake: 8, days: 7 }
};
