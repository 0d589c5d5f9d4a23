import type { Db } from './db.ts';

/** What became of one of those that were carried out together. */
export type Outcome<R> = { value: R } | { error: unknown };

interface Waiting<I, R> {
	input: I;
	settle(outcome: Outcome<R>): void;
}

/**
 * Carries out together what comes in at the same time: while one batch is under way the next
 * gathers, so that many callers who need the same lock wait for few transactions. Each is
 * answered once its batch has ended. A batch that fails as a whole is carried out one by one,
 * so that what one caller sent is no other's trouble.
 * @param work what to do with some of a key, in their order, and what became of each
 * @param most as many at once
 * @example
 * const keep = gather<Answer, void>((db, surveyId, answers) => keepAll(db, surveyId, answers), 200);
 * await keep(db, surveyId, answer);
 */
export function gather<I, R>(
	work: (db: Db, key: string, inputs: readonly I[]) => Promise<Outcome<R>[]>,
	most: number
): (db: Db, key: string, input: I) => Promise<R> {
	/** By connection, since what runs within a transaction belongs to it alone. */
	const queues = new WeakMap<Db, Map<string, Waiting<I, R>[]>>();

	return (db, key, input) =>
		new Promise<R>((done, fail) => {
			const settle = (outcome: Outcome<R>) => ('value' in outcome ? done(outcome.value) : fail(outcome.error));
			const own = queues.get(db) ?? new Map<string, Waiting<I, R>[]>();
			queues.set(db, own);
			const queue = own.get(key);
			if (queue) queue.push({ input, settle });
			else {
				own.set(key, [{ input, settle }]);
				void drain(db, key, own);
			}
		});

	async function drain(db: Db, key: string, own: Map<string, Waiting<I, R>[]>): Promise<void> {
		const queue = own.get(key)!;
		while (queue.length > 0) await carryOut(db, key, queue.splice(0, most));
		own.delete(key);
	}

	async function carryOut(db: Db, key: string, batch: Waiting<I, R>[]): Promise<void> {
		try {
			const inputs = batch.map(({ input }) => input);
			const outcomes = await work(db, key, inputs);
			batch.forEach(({ settle }, at) => settle(outcomes[at]!));
		} catch (error) {
			if (batch.length === 1) batch[0]!.settle({ error });
			else for (const each of batch) await carryOut(db, key, [each]);
		}
	}
}
