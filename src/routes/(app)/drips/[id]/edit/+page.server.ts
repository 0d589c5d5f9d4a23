import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { coAuthor, dripEdit, newTip, place, tipEdit } from '#src/drips/input.ts';
import { addAuthor, discardDrip, dripToEdit, possibleAuthors, removeAuthor } from '#src/drips/server/drafts.ts';
import { publishDrip, writeDrip } from '#src/drips/server/publish.ts';
import { addTip, placeTip, takeOut, writeTip } from '#src/drips/server/tips.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const drip = await dripToEdit(db, viewer, params.id);
	return { drip, others: await possibleAuthors(db, viewer, drip) };
};

type Values = Record<string, string>;

/** A form about the series itself; `then` says where it leads. */
const onDrip =
	(work: (db: Db, viewer: Viewer, dripId: string, values: Values) => Promise<unknown>, then?: (id: string) => string) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (then) redirect(303, then(params.id));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

/** A form about one of its tips or authors, named by the field `item`. */
const onPart =
	(work: (db: Db, viewer: Viewer, dripId: string, partId: string, values: Values) => Promise<unknown>) =>
	(event: RequestEvent) =>
		onItem((db, viewer, partId, values) => work(db, viewer, parse(id, event.params.id), partId, values))(event);

export const actions: Actions = {
	words: onDrip((db, viewer, drip, values) => writeDrip(db, viewer, drip, parse(dripEdit, values))),
	add: onDrip((db, viewer, drip, values) => addTip(db, viewer, drip, parse(newTip, values))),
	write: onPart((db, viewer, drip, tip, values) => writeTip(db, viewer, drip, tip, parse(tipEdit, values))),
	place: onPart((db, viewer, drip, tip, values) => placeTip(db, viewer, drip, tip, parse(place, values).to)),
	takeOut: onPart((db, viewer, drip, tip) => takeOut(db, viewer, drip, tip)),
	addAuthor: onDrip((db, viewer, drip, values) => addAuthor(db, viewer, drip, parse(coAuthor, values).person)),
	removeAuthor: onPart((db, viewer, drip, person) => removeAuthor(db, viewer, drip, person)),
	publish: onDrip(
		(db, viewer, drip) => publishDrip(db, viewer, drip),
		(drip) => `/drips/${drip}`
	),
	discard: onDrip(
		(db, viewer, drip) => discardDrip(db, viewer, drip),
		() => '/drips'
	)
};
