import { redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import {
	flagNote,
	flagSettlement,
	followTarget,
	helpedMark,
	newComment,
	outcomeText
} from '#src/core/items/actions-input.ts';
import { id } from '#src/core/items/input.ts';
import { addComment, removeComment } from '#src/core/items/server/comments.ts';
import { flagOutdated, settleFlags } from '#src/core/items/server/flags.ts';
import { startFollowing, stopFollowing } from '#src/core/items/server/follows.ts';
import { markHelped, takeBackHelped } from '#src/core/items/server/helped.ts';
import { closeWith, reopen } from '#src/core/items/server/outcomes.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { keepNote } from '#src/core/keeping/input.ts';
import { removeKeptItem } from '#src/core/keeping/server/change.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { act } from './http.ts';
import { keepAnyItem } from './keep.ts';
import { app } from './runtime.ts';

type Values = Record<string, string>;
type Work = (db: Db, viewer: Viewer, itemId: string, values: Values) => Promise<unknown>;

/**
 * A form action on the item named by the field `item`. Without JavaScript the page itself
 * comes again, so that a reload does not send twice.
 */
export const onItem =
	(work: Work) =>
	({ request, locals, url }: RequestEvent) =>
		act(request, async ({ item, ...values }) => {
			const itemId = parse(id, item);
			await work(app().db, requireViewer(locals.viewer), itemId, values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

/** What can be done with every item, for the `actions` of the page that shows it. */
export const itemActions = {
	helped: onItem((db, viewer, item, values) => markHelped(db, viewer, item, parse(helpedMark, values))),
	takeBackHelped: onItem((db, viewer, item) => takeBackHelped(db, viewer, item)),
	keep: onItem((db, viewer, item, values) => keepAnyItem(db, viewer, item, parse(keepNote, values))),
	unkeep: onItem((db, viewer, item) => removeKeptItem(db, viewer, item)),
	follow: onItem((db, viewer, target) =>
		startFollowing(db, viewer, parse(followTarget, { targetKind: 'item', target }))
	),
	unfollow: onItem((db, viewer, target) =>
		stopFollowing(db, viewer, parse(followTarget, { targetKind: 'item', target }))
	),
	flag: onItem((db, viewer, item, values) => flagOutdated(db, viewer, item, parse(flagNote, values))),
	settle: onItem((db, viewer, item, values) => settleFlags(db, viewer, item, parse(flagSettlement, values))),
	archive: onItem((db, viewer, item) => db.transaction((tx) => changeState(tx, viewer, item, 'archived'))),
	restore: onItem((db, viewer, item) => db.transaction((tx) => changeState(tx, viewer, item, 'open'))),
	comment: onItem((db, viewer, item, values) => addComment(db, viewer, item, parse(newComment, values))),
	close: onItem((db, viewer, item, values) => closeWith(db, viewer, item, parse(outcomeText, values))),
	reopen: onItem((db, viewer, item) => reopen(db, viewer, item)),
	removeComment: onItem((db, viewer, item) => removeComment(db, viewer, item))
};
