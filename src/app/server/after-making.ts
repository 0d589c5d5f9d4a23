import type { Viewer } from '#src/core/access/server/viewer.ts';
import { deriveFrom } from '#src/core/items/server/relations.ts';
import { showFor } from '#src/library/requests/server/requests.ts';
import type { Db } from '#src/platform/server/db.ts';
import { madeForStep } from '#src/needs/plan/server/steps.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

/**
 * What a form was opened for is done once its item is made: `?for=` a request that it shows,
 * `?from=` an item that it was made from, `?step=` a step of a plan that it is. A request or source that is gone meanwhile is no
 * reason to lose what was made.
 * @returns where to go: the request or the plan, or else the item's own page
 */
export async function afterMaking(
	db: Db,
	viewer: Viewer,
	url: URL,
	made: { id: string; address: string; kind: string; isDraft?: boolean }
): Promise<string> {
	const [request, source, step] = ['for', 'from', 'step'].map((name) => url.searchParams.get(name) ?? '') as [
		string,
		string,
		string
	];
	try {
		// A draft has no item yet, and is made from nothing before it is one.
		if (isId(source) && !made.isDraft) await deriveFrom(db, viewer, made.id, source);
		if (isId(step)) return `/needs/${await madeForStep(db, viewer, step, made)}/plan`;
		if (!isId(request)) return made.address;
		await showFor(db, viewer, request, made.id);
		return `/requests/${request}`;
	} catch (error) {
		if (error instanceof Failure) return made.address;
		throw error;
	}
}
