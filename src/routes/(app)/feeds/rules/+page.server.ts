import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { newRule, ruleEdit } from '#src/feeds/input.ts';
import { editRule, makeRule, myRules, removeRule, turnRule } from '#src/feeds/server/rules/rules.ts';
import { spacesToReadFor } from '#src/feeds/server/subscribe.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	const [rules, spaces] = await Promise.all([myRules(app().db, viewer), spacesToReadFor(app().db, viewer)]);
	return { rules, spaces };
};

const one = z.strictObject({ item: id });

/** What is done with one rule; the form says which in `item`. */
const withOne =
	(work: (viewer: Viewer, item: string, values: Record<string, unknown>) => Promise<void>) =>
	({ request, locals }: { request: Request; locals: App.Locals }) =>
		act(request, async ({ item = '', ...values }) =>
			work(requireViewer(locals.viewer), parse(one, { item }).item, values)
		);

export const actions: Actions = {
	make: ({ request, locals }) =>
		act(
			request,
			async (values) => void (await makeRule(app().db, requireViewer(locals.viewer), parse(newRule, values)))
		),
	edit: withOne((viewer, item, values) => editRule(app().db, viewer, item, parse(ruleEdit, values))),
	remove: withOne((viewer, item) => removeRule(app().db, viewer, item)),
	off: withOne((viewer, item) => turnRule(app().db, viewer, item, 'off')),
	on: withOne((viewer, item) => turnRule(app().db, viewer, item, 'on'))
};
