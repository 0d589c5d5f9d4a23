import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { entryId, entryMove, faqEntryText, newFaqEntry, sourceChoice } from '#src/library/faqs/input.ts';
import { readFaq } from '#src/library/faqs/server/read.ts';
import {
	addFaqEntry,
	changeFaqEntry,
	moveFaqEntry,
	removeFaqEntry,
	settleSource
} from '#src/library/faqs/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const faq = await readFaq(db, viewer, params.id);
	await noteRead(db, viewer, faq.id);
	return { faq };
};

const entryOf = (value: string | undefined) => parse(entryId, { entryId: value }).entryId;

export const actions: Actions = {
	...itemActions,
	add: onItem((db, viewer, item, values) => addFaqEntry(db, viewer, item, parse(newFaqEntry, values).questionId)),
	change: onItem((db, viewer, item, { entryId, ...values }) =>
		changeFaqEntry(db, viewer, item, entryOf(entryId), parse(faqEntryText, values))
	),
	settle: onItem((db, viewer, item, { entryId, ...values }) =>
		settleSource(db, viewer, item, entryOf(entryId), parse(sourceChoice, values))
	),
	move: onItem((db, viewer, item, { entryId, ...values }) =>
		moveFaqEntry(db, viewer, item, entryOf(entryId), parse(entryMove, values))
	),
	takeOut: onItem((db, viewer, item, { entryId }) => removeFaqEntry(db, viewer, item, entryOf(entryId)))
};
