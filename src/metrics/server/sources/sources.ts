import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { seal } from '#src/platform/server/vault.ts';
import type { NewPage, NewQuery } from '../../input.ts';
import type { SourceView } from '../../views.ts';
import { canKeep, KEEPERS, lockMetric, metricOf } from '../record.ts';
import { newHookSecret } from './signature.ts';

/** Sources of one figure. */
const MOST = 5;

/** What of a source is kept in the open. */
export interface Settings {
	/** Without its password. */
	place?: string;
	list?: string;
	dayField?: string;
	valueField?: string;
	query?: string;
}

interface NewSource {
	kind: SourceView['kind'];
	secret: string;
	settings: Settings;
	everyHours: number | null;
}

/**
 * Lets another program send values, signed with a secret that is told this once.
 * @returns where they are sent to, below the address of Trellis, and the secret
 */
export async function openHook(
	db: Db,
	viewer: Viewer,
	id: string
): Promise<{ id: string; path: string; secret: string }> {
	const secret = newHookSecret();
	const source = await addSource(db, viewer, id, { kind: 'webhook', secret, settings: {}, everyHours: null });
	return { id: source, path: `/hooks/${source}`, secret };
}

/** Pulls values from an address that answers with JSON. @returns the id of the source */
export function addPage(db: Db, viewer: Viewer, id: string, page: NewPage): Promise<string> {
	const { url, authorization, everyHours, list, dayField, valueField } = page;
	const settings = { place: url, list, dayField, valueField };
	return addSource(db, viewer, id, { kind: 'http', secret: authorization, settings, everyHours });
}

/** Pulls values from a database by a query that reads. @returns the id of the source */
export function addQuery(
	db: Db,
	viewer: Viewer,
	id: string,
	{ database, query, everyHours }: NewQuery
): Promise<string> {
	const { host, pathname, protocol } = new URL(database);
	const settings = { place: `${host}${pathname}`, query };
	const kind = protocol.startsWith('postgres') ? 'postgres' : 'mysql';
	return addSource(db, viewer, id, { kind, secret: database, settings, everyHours });
}

async function addSource(db: Db, viewer: Viewer, id: string, source: NewSource): Promise<string> {
	return db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		const { count } = (await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from metric_source where metric_id = ${id}`
		))!;
		if (count >= MOST) throw conflict(`A figure has ${MOST} sources at most: end one first.`);
		const made = newId();
		await tx.execute(sql`insert into metric_source (id, metric_id, kind, sealed, settings, every_hours, due_at, person_id)
			values (${made}, ${id}, ${source.kind}, ${seal(source.secret, made)}, ${JSON.stringify(source.settings)}::text::jsonb,
				${source.everyHours}, ${source.everyHours === null ? null : sql`now()`}, ${viewer.id})`);
		return made;
	});
}

/** Ends a source: nothing comes from it any more, what came stays. @throws Failure not_found */
export async function endSource(db: Db, viewer: Viewer, id: string, sourceId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		const gone = await row(
			tx,
			sql`delete from metric_source where id = ${sourceId} and metric_id = ${id} returning id`
		);
		if (!gone) throw notFound('There is no such source.');
	});
}

interface SourceRow {
	id: string;
	kind: SourceView['kind'];
	settings: Settings;
	every_hours: number | null;
	last_at: string | null;
	last_ok: boolean | null;
	last_words: string;
}

/** Where the values of a figure come from. @throws Failure forbidden for who does not look after it */
export async function readSources(
	db: Db,
	viewer: Viewer,
	id: string
): Promise<{ id: string; title: string; sources: SourceView[] }> {
	const metric = await metricOf(db, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	const found = await rows<SourceRow>(
		db,
		sql`select id, kind, settings, every_hours, last_at, last_ok, last_words from metric_source
			where metric_id = ${id} order by id`
	);
	const sources = found.map(({ settings, every_hours, last_at, last_ok, last_words, ...source }) => ({
		...source,
		...{ place: settings.place ?? `/hooks/${source.id}`, query: settings.query ?? null, everyHours: every_hours },
		...{ lastAt: last_at && iso(last_at), lastOk: last_ok, lastWords: last_words }
	}));
	return { id, title: metric.title, sources };
}
