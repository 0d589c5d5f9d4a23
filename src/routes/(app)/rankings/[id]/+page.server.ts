import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newBallot, newNomination, newRelease, newYear, statusChange } from '#src/rankings/input.ts';
import { vote } from '#src/rankings/server/ballot.ts';
import { namesOf, nominate, withdraw } from '#src/rankings/server/nominations.ts';
import { countOpened } from '#src/rankings/server/opened.ts';
import { readRanking } from '#src/rankings/server/read.ts';
import { releaseResult } from '#src/rankings/server/release.ts';
import { beginYear, changeStatus } from '#src/rankings/server/write.ts';

export const load: PageServerLoad = async ({ locals, params, request, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const ranking = await readRanking(db, viewer, params.id);
	await countOpened(db, ranking.id, { request, url });
	await noteRead(db, viewer, ranking.id);
	return { ranking, names: ranking.status === 'nominating' ? await namesOf(db, viewer, params.id) : [] };
};

type Values = Record<string, string>;
type Work = (db: Db, viewer: Viewer, rankingId: string, values: Values) => Promise<unknown>;

/** A form about the ranking; without scripts the page comes again, at the part that was changed. */
const onRanking =
	(work: Work, part = '') =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `/rankings/${params.id}${part}`);
		});

/** The fields `choices.0`, `choices.1` … as a ballot; those left empty in between are no choices. */
function ballotIn(values: Values) {
	const { submission } = values;
	const others = Object.keys(values).filter((name) => name !== 'submission' && !/^choices\.\d{1,2}$/.test(name));
	const choices = Array.from({ length: 100 }, (_, at) => values[`choices.${at}`] ?? '').filter(Boolean);
	return { choices, submission, ...Object.fromEntries(others.map((name) => [name, values[name]])) };
}

export const actions: Actions = {
	...itemActions,
	nominate: onRanking(
		(db, viewer, ranking, values) => nominate(db, viewer, ranking, parse(newNomination, values)),
		'#named'
	),
	withdraw: onRanking((db, viewer, ranking, { item }) => withdraw(db, viewer, ranking, parse(id, item)), '#named'),
	vote: onRanking(
		(db, viewer, ranking, values) => vote(db, viewer, ranking, parse(newBallot, ballotIn(values))),
		'#vote'
	),
	status: onRanking((db, viewer, ranking, values) =>
		changeStatus(db, viewer, ranking, parse(statusChange, values).status)
	),
	release: onRanking((db, viewer, ranking, values) => releaseResult(db, viewer, ranking, parse(newRelease, values))),
	year: onRanking(async (db, viewer, ranking, values) =>
		redirect(303, `/rankings/${await beginYear(db, viewer, ranking, parse(newYear, values))}`)
	)
};
