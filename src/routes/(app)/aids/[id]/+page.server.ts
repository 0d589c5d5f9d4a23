import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { compareVersions } from '#src/core/items/server/history.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { handover, retirement, stuck, verification } from '#src/library/aids/input.ts';
import { beginQuestion } from '#src/library/aids/server/questions.ts';
import { aidVersionAt, readAid } from '#src/library/aids/server/read.ts';
import { retireAid, reviveAid } from '#src/library/aids/server/retire.ts';
import { handOver, possibleOwners, verifyAid } from '#src/library/aids/server/verify.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** Read on phones at work: its forms are plain ones, and the little it does besides is static/aids/device.js. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const aid = await readAid(db, viewer, params.id);
	if (aid.successor && !url.searchParams.has('stay')) {
		// A browser would keep the redirect for good, also after the aid is taken back into use.
		setHeaders({ 'cache-control': 'no-store' });
		redirect(307, `/aids/${aid.successor.id}?from=${aid.id}`);
	}
	await noteRead(db, viewer, aid.id);
	return {
		aid,
		print: await printOf(db, viewer, aid, Number(url.searchParams.get('v'))),
		from: aid.replaced.find(({ id }) => id === url.searchParams.get('from')) ?? null,
		owners: aid.canKeep && viewer.memberships.has(aid.space.id) ? await possibleOwners(db, viewer, aid.space.id) : []
	};
};

/** What has changed since the version that somebody holds on paper; null for the current one, or none. */
async function printOf(db: Db, viewer: Viewer, aid: { id: string; version: number }, version: number) {
	if (!Number.isInteger(version) || version < 1 || version > aid.version) return null;
	if (version === aid.version) return { version, current: true as const };
	const next = await aidVersionAt(db, viewer, aid.id, version + 1);
	const { title, body } = await compareVersions(db, viewer, aid.id, version, aid.version);
	return { version, current: false as const, at: next.at, note: next.note, title, body };
}

type Work = (db: Db, viewer: Viewer, aidId: string, values: Record<string, string>) => Promise<unknown>;

/** A form of this page; it shows again what it is about. */
const onAid =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/aids/${params.id}?stay`);
		});

export const actions: Actions = {
	...itemActions,
	verify: onAid((db, viewer, aid, values) => verifyAid(db, viewer, aid, parse(verification, values))),
	handOver: onAid((db, viewer, aid, values) => handOver(db, viewer, aid, parse(handover, values))),
	retire: onAid((db, viewer, aid, values) => retireAid(db, viewer, aid, parse(retirement, values))),
	revive: onAid((db, viewer, aid) => reviveAid(db, viewer, aid)),
	stuck: onAid(async (db, viewer, aid, values) => {
		redirect(303, (await beginQuestion(db, viewer, aid, parse(stuck, values))).address);
	})
};
