import type { Viewer } from '#src/core/access/server/viewer.ts';
import { line } from '#src/core/items/input.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid, notFound } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newSubscription, subscriptionEdit } from '../../input.ts';
import { readBy } from '../mine.ts';
import { labelOf } from '../stream.ts';
import { editSubscription, muteFeed, renameFolder, subscribe, unsubscribe } from '../subscribe.ts';
import type { ReaderCall, ReaderOperation } from './call.ts';
import { feedId, labelId, labelOfId, STARRED } from './ids.ts';

/** A feed the viewer reads, as readers name it. */
export interface Named {
	id: string;
	title: string;
	/** Folder, or the name of the space that reads it; empty for neither. */
	label: string;
	url: string;
	site_url: string;
	is_own: boolean;
	/** Its reader's own name for it, and nobody's. */
	name: string;
}

/** The feeds the viewer reads, by name. */
export const subscriptionsByName = (db: Db, viewer: Viewer): Promise<Named[]> =>
	rows<Named>(
		db,
		sql`select s.id, coalesce(nullif(s.title, ''), nullif(f.title, ''), f.url) as title, ${labelOf} as label, f.url,
				f.site_url, s.space_id is null as is_own, s.title as name
			from feed_subscription s join feed f on f.id = s.feed_id where ${readBy(viewer)} order by 3, lower(2::text), s.id`
	);

export const subscriptionList: ReaderOperation = async ({ db, viewer }) => ({
	subscriptions: (await subscriptionsByName(db, viewer)).map(({ id, title, label, url, site_url }) => ({
		...{ id: feedId(id), title, url, htmlUrl: site_url || url, iconUrl: '' },
		categories: label ? [{ id: labelId(label), label }] : []
	}))
});

/** Folders, and the spaces whose feeds one reads. */
export const tagList: ReaderOperation = async ({ db, viewer }) => {
	const labels = new Set((await subscriptionsByName(db, viewer)).flatMap(({ label }) => label || []));
	return { tags: [{ id: STARRED }, ...[...labels].map((label) => ({ id: labelId(label), type: 'folder' }))] };
};

/** `ac` says what: subscribe, unsubscribe, edit. */
export const subscriptionEditing: ReaderOperation = async (call) => {
	const work = { subscribe: begin, unsubscribe: end, edit: change }[call.fields.get('ac') ?? ''];
	if (!work) throw invalid({ ac: 'must be subscribe, unsubscribe or edit' });
	const streams = call.fields.getAll('s');
	if (streams.length === 0 || streams.length > 100) throw invalid({ s: 'names one feed at least, 100 at most' });
	for (const [at, stream] of streams.entries()) await work(call, stream, call.fields.getAll('t')[at]);
	return 'OK';
};

async function begin({ db, viewer, fields }: ReaderCall, stream: string, title = '') {
	const label = fields.get('a');
	const folder = label ? labelOfId(label) : '';
	await subscribe(db, viewer, parse(newSubscription, { url: stream.replace(/^feed\//, ''), title, folder }));
}

/** A feed that a space reads is put away for its reader alone. */
async function end({ db, viewer }: ReaderCall, stream: string) {
	const { id, is_own } = await named(db, viewer, stream);
	await (is_own ? unsubscribe(db, viewer, id) : muteFeed(db, viewer, id, {}));
}

async function change({ db, viewer, fields }: ReaderCall, stream: string, title?: string) {
	const { id, is_own, label, name } = await named(db, viewer, stream);
	const [added, removed] = [fields.get('a'), fields.get('r')];
	const before = is_own ? label : '';
	const folder = added ? labelOfId(added) : removed && labelOfId(removed) === before ? '' : before;
	await editSubscription(db, viewer, id, parse(subscriptionEdit, { title: title ?? name, folder }));
}

/** @throws Failure not_found */
async function named(db: Db, viewer: Viewer, stream: string): Promise<Named> {
	const all = await subscriptionsByName(db, viewer);
	const address = stream.replace(/^feed\//, '');
	const found = all.find(({ id, url }) => id === address || url === address);
	if (!found) throw notFound('You read no such feed.');
	return found;
}

/** An address as somebody typed it; what is wrong with it is told in the answer, where readers look. */
export const quickAdd: ReaderOperation = async ({ db, viewer, fields }) => {
	const query = fields.get('quickadd') ?? '';
	try {
		const id = await subscribe(db, viewer, parse(newSubscription, { url: query.replace(/^feed\//, '') }));
		const found = (await subscriptionsByName(db, viewer)).find((each) => each.id === id)!;
		return { numResults: 1, query, streamId: feedId(id), streamName: found.title };
	} catch (error) {
		if (!(error instanceof Failure) || error.kind !== 'invalid') throw error;
		return { numResults: 0, query, error: `This address ${Object.values(error.fields)[0] ?? 'cannot be read'}.` };
	}
};

export const renameTag: ReaderOperation = async ({ db, viewer, fields }) => {
	const dest = parse(line(60), labelOfId(fields.get('dest') ?? ''));
	await renameFolder(db, viewer, labelOfId(fields.get('s') ?? fields.get('t') ?? ''), dest);
	return 'OK';
};

/** Its feeds stay, without a folder. */
export const disableTag: ReaderOperation = async ({ db, viewer, fields }) => {
	for (const label of fields.getAll('s')) await renameFolder(db, viewer, labelOfId(label), '');
	return 'OK';
};
