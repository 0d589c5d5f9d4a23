import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { mute, subscriptionEdit } from '#src/feeds/input.ts';
import { bringOpml } from '#src/feeds/server/opml.ts';
import { editSubscription, muteFeed, unmuteFeed, unsubscribe } from '#src/feeds/server/subscribe.ts';
import { mySubscriptions } from '#src/feeds/server/subscriptions.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const one = z.strictObject({ item: id });

export const load: PageServerLoad = async ({ locals }) => ({
	subscriptions: await mySubscriptions(app().db, requireViewer(locals.viewer))
});

/** What is done with one subscription; the form says which in `item`. */
const withOne =
	<T extends z.ZodObject>(schema: T, work: (viewer: Viewer, item: string, input: z.output<T>) => Promise<void>) =>
	({ request, locals }: { request: Request; locals: App.Locals }) =>
		act(request, async ({ item = '', ...values }) =>
			work(requireViewer(locals.viewer), parse(one, { item }).item, parse(schema, values))
		);
const nothing = z.strictObject({});

export const actions: Actions = {
	edit: withOne(subscriptionEdit, (viewer, item, edit) => editSubscription(app().db, viewer, item, edit)),
	remove: withOne(nothing, (viewer, item) => unsubscribe(app().db, viewer, item)),
	mute: withOne(mute, (viewer, item, input) => muteFeed(app().db, viewer, item, input)),
	unmute: withOne(nothing, (viewer, item) => unmuteFeed(app().db, viewer, item)),
	bring: ({ request, locals }) => {
		const whole = request.clone();
		return act(request, async () => {
			const viewer = requireViewer(locals.viewer);
			const file = (await whole.formData()).get('opml');
			if (!(file instanceof File) || file.size === 0) throw invalid({ opml: 'is needed' });
			if (file.size > MOST_BYTES) throw invalid({ opml: 'may have 2 MB at most' });
			return bringOpml(app().db, viewer, new Uint8Array(await file.arrayBuffer()));
		});
	}
};
