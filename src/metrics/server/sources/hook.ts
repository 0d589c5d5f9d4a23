import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { unseal } from '#src/platform/server/vault.ts';
import { givenValues } from '../../input.ts';
import type { TakenView } from '../../views.ts';
import { lockForValues } from '../record.ts';
import { takeInto } from '../take.ts';
import { expectSigned, type Delivery } from './signature.ts';

/** Bytes of a delivery. */
export const MOST_BYTES = 1024 * 1024;

/**
 * Takes in what another program sends: signed, recent, and once.
 * @throws Failure unauthenticated for what is forged or old; conflict for what came before
 */
export async function takeDelivery(db: Db, sourceId: string, delivery: Delivery): Promise<TakenView> {
	const source = await row<{ metric_id: string; sealed: string }>(
		db,
		sql`select metric_id, sealed from metric_source where id = ${sourceId} and kind = 'webhook'`
	);
	if (!source) throw notFound('Nothing is sent to this address.');
	expectSigned(() => unseal(source.sealed, sourceId), delivery);
	const { values, ...how } = parse(givenValues, contentOf(delivery.body));
	return db.transaction(async (tx) => {
		const metric = await lockForValues(tx, source.metric_id);
		if (!metric) throw notFound('This figure takes no values any more.');
		const first = await row(
			tx,
			sql`insert into metric_delivery (source_id, delivery) values (${sourceId}, ${delivery.id})
				on conflict do nothing returning delivery`
		);
		if (!first) throw conflict('This delivery came before.');
		const lines = values.map((each, at) => ({ line: at + 1, ...each }));
		const taken = await takeInto(tx, metric, lines, { way: 'webhook', ...how }, null);
		const words = `${taken.taken + taken.replaced} taken in, ${taken.asideCount} put aside`;
		await tx.execute(
			sql`update metric_source set last_at = now(), last_ok = true, last_words = ${words} where id = ${sourceId}`
		);
		return taken;
	});
}

function contentOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		throw invalid({ _: 'This is no JSON.' });
	}
}

/** Forgets deliveries that would be refused as old by now. */
export async function forgetDeliveries(db: Db): Promise<void> {
	await db.execute(sql`delete from metric_delivery where came_at < now() - interval '1 day'`);
}
