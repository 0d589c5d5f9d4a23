import { and, eq, lt } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { idempotency } from './schema.ts';

export interface Answer {
	status: number;
	body: unknown;
}

/**
 * Does a write once, however often it is sent with the same `Idempotency-Key`: the key,
 * the change and the answer are one transaction. A second request waits for the first
 * and gets its answer. Keys are kept for a day.
 * @param request method, address and body, to tell a repetition from a mistake
 * @param options secret: the answer is not kept, and a repetition is told so
 * @throws Failure conflict when the key was used for something else
 */
export async function once(
	db: Db,
	personId: string,
	key: string,
	request: string,
	work: (tx: Db) => Promise<Answer>,
	{ secret = false }: { secret?: boolean } = {}
): Promise<Answer> {
	if (!/^[\x21-\x7e]{1,200}$/.test(key))
		throw invalid({ 'Idempotency-Key': 'must be 1 to 200 visible ASCII characters' });
	const requestHash = createHash('sha256').update(request).digest('hex');
	return db.transaction(async (tx) => {
		const mine = await tx.insert(idempotency).values({ personId, key, requestHash }).onConflictDoNothing().returning();
		if (mine.length === 0) return firstAnswer(tx, { personId, key, requestHash, secret });
		const answer = await work(tx);
		await tx
			.update(idempotency)
			.set({ status: answer.status, response: secret ? null : (answer.body ?? null) })
			.where(and(eq(idempotency.personId, personId), eq(idempotency.key, key)));
		return answer;
	});
}

interface Repetition {
	personId: string;
	key: string;
	requestHash: string;
	secret: boolean;
}

async function firstAnswer(tx: Db, { personId, key, requestHash, secret }: Repetition): Promise<Answer> {
	const [first] = await tx
		.select()
		.from(idempotency)
		.where(and(eq(idempotency.personId, personId), eq(idempotency.key, key)));
	if (!first || first.requestHash !== requestHash || first.status === null) {
		throw conflict('This Idempotency-Key was used for another request.');
	}
	if (secret) throw conflict('This was done already. Its answer holds a secret and is sent only once.');
	return { status: first.status, body: first.response };
}

/** Forgets keys that are older than a day. */
export async function forgetOldKeys(db: Db): Promise<void> {
	await db.delete(idempotency).where(lt(idempotency.createdAt, sql`now() - interval '1 day'`));
}
