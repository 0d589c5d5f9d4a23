import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, Failure, notFound } from '#src/platform/server/errors.ts';
import { FetchRefused } from '#src/platform/server/safe-fetch.ts';
import { unseal } from '#src/platform/server/vault.ts';
import { canKeep, KEEPERS, lockForValues, metricOf } from '../record.ts';
import type { Given } from '../taking/sift.ts';
import { takeInto } from '../take.ts';
import { NotPulled } from './not-pulled.ts';
import { linesOfPage } from './page.ts';
import { linesOfQuery } from './query.ts';
import type { Settings } from './sources.ts';

interface Pulled {
	id: string;
	metric_id: string;
	kind: 'http' | 'postgres' | 'mysql';
	sealed: string;
	settings: Settings;
	zone: string;
}

const columns = sql`s.id, s.metric_id, s.kind, s.sealed, s.settings, m.zone`;

/** Pulls at once, for who looks after the figure. @throws Failure conflict with why nothing came */
export async function pullNow(db: Db, viewer: Viewer, id: string, sourceId: string): Promise<{ words: string }> {
	const metric = await metricOf(db, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	const source = await row<Pulled>(
		db,
		sql`select ${columns} from metric_source s join metric m on m.item_id = s.metric_id
			where s.id = ${sourceId} and s.metric_id = ${id}`
	);
	if (!source) throw notFound('There is no such source.');
	if ((source.kind as string) === 'webhook') throw conflict('Values are sent to this one: nothing is pulled.');
	const { ok, words } = await pull(db, source);
	if (!ok) throw conflict(words);
	return { words };
}

/** Pulls what is due, a few at a time; one that fails comes again at its next time. */
export async function pullDue(db: Db): Promise<void> {
	const due = await rows<Pulled>(
		db,
		sql`update metric_source s set due_at = now() + make_interval(hours => s.every_hours) from metric m
			where m.item_id = s.metric_id and s.id in (
				select id from metric_source where due_at <= now() order by due_at limit 10 for update skip locked)
			returning ${columns}`
	);
	for (const source of due) await pull(db, source);
}

/** Pulls, and notes how it went. */
async function pull(db: Db, source: Pulled): Promise<{ ok: boolean; words: string }> {
	const went = await attempt(db, source);
	await db.execute(sql`update metric_source set last_at = now(), last_ok = ${went.ok}, last_words = ${went.words.slice(0, 300)}
		where id = ${source.id}`);
	return went;
}

async function attempt(db: Db, source: Pulled): Promise<{ ok: boolean; words: string }> {
	try {
		const lines = await linesOf(source);
		return await db.transaction(async (tx) => {
			const metric = await lockForValues(tx, source.metric_id);
			if (!metric) return { ok: false, words: 'The figure takes no values any more.' };
			const way = { way: 'pull', source: source.settings.place, decimal: 'point', replace: true } as const;
			const taken = await takeInto(tx, metric, lines, way, null);
			const words = `${taken.taken} taken in, ${taken.replaced} replaced, ${taken.repeated} there already, ${taken.asideCount} put aside`;
			return { ok: true, words };
		});
	} catch (error) {
		if (error instanceof NotPulled || error instanceof FetchRefused || error instanceof Failure)
			return { ok: false, words: error.message };
		throw error;
	}
}

function linesOf({ id, kind, sealed, settings, zone }: Pulled): Promise<Given[]> {
	const secret = unseal(sealed, id);
	return kind === 'http' ? linesOfPage(settings, secret) : linesOfQuery(secret, settings.query ?? '', zone);
}
