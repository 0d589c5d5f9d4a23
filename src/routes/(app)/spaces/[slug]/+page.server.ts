import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { answersInWords, clockInWords } from '#src/ask/answer-times.ts';
import { answerTimes } from '#src/ask/server/answer-times.ts';
import { myWelcome } from '#src/community/insights/server/welcome.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { joinRequest } from '#src/core/spaces/input.ts';
import { joinSpace, leaveSpace, requestToJoin, withdrawRequest } from '#src/core/spaces/server/members.ts';
import { spaceAddress } from '#src/core/mail-in/server/addressee.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { mailTakenAt } from '#src/platform/server/mail.ts';
import { pin } from '#src/library/highlights/input.ts';
import { mostHelpful } from '#src/library/highlights/server/helpful.ts';
import { pinItem, pinsOf, unpinItem } from '#src/library/highlights/server/pins.ts';
import { linkStandings } from '#src/library/links/server/checks.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { space } = await parent();
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(itemFilter, { ...Object.fromEntries(url.searchParams), space: space.id });
	const [list, times, pins, helpful, welcome] = await Promise.all([
		listItems(db, viewer, filter),
		answerTimes(db, viewer, space.id),
		pinsOf(db, viewer, space.id),
		mostHelpful(db, viewer, { space: space.id, limit: 3 }),
		myWelcome(db, viewer, space.id)
	]);
	const standings = await linkStandings(db, viewer, list.items);
	const mail = space.canWrite ? spaceAddress(space.slug, mailTakenAt()) : undefined;
	return {
		...list,
		pins,
		helpful,
		welcome,
		standings,
		times,
		answers: answersInWords(times),
		clock: clockInWords(times),
		mail
	};
};

type Work = (db: Db, viewer: Viewer, spaceId: string, values: Record<string, string>) => Promise<void>;

/** Carries out a form on the space and shows the page it leads to. */
const onSpace =
	(work: Work, to?: string) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const space = await spaceBySlug(app().db, viewer, params.slug);
			await work(app().db, viewer, space.id, values);
			redirect(303, to ?? `/spaces/${encodeURIComponent(params.slug)}`);
		});

export const actions: Actions = {
	join: onSpace(joinSpace),
	leave: onSpace(leaveSpace, '/spaces'),
	request: onSpace((db, viewer, id, values) => requestToJoin(db, viewer, id, parse(joinRequest, values))),
	withdraw: onSpace(withdrawRequest),
	pin: onSpace((db, viewer, id, values) => pinItem(db, viewer, id, parse(pin, values).itemId)),
	unpin: onSpace((db, viewer, id, values) => unpinItem(db, viewer, id, parse(pin, values).itemId))
};
