/**
 * Asks for many things at once: what comes while an answer is awaited is asked together
 * in the next round. Alone, a question goes out at once; under load, rounds are shared.
 * Small rounds, several at once: with one large round the database and this process would
 * wait for each other in turns.
 * @param run answers in the order of what was asked
 * @param rounds under way at once
 * @param most asked in one round
 */
export function inRounds<A, R>(run: (asked: A[]) => Promise<R[]>, rounds = 3, most = 4): (asked: A) => Promise<R> {
	interface Waiting {
		asked: A;
		done(result: R): void;
		failed(error: unknown): void;
	}
	const waiting: Waiting[] = [];
	let under = 0;

	const begin = () => {
		while (waiting.length > 0 && under < rounds) void round();
	};

	async function round(): Promise<void> {
		const taken = waiting.splice(0, most);
		under += 1;
		try {
			const results = await run(taken.map(({ asked }) => asked));
			taken.forEach(({ done }, index) => done(results[index]!));
		} catch (error) {
			for (const { failed } of taken) failed(error);
		}
		under -= 1;
		begin();
	}

	return (asked) =>
		new Promise((done, failed) => {
			waiting.push({ asked, done, failed });
			if (under < rounds) queueMicrotask(begin);
		});
}

/**
 * One answer for all who ask while the last one is awaited: it is asked for after they
 * came, and one at a time.
 */
export function oneAtATime<R>(ask: () => Promise<R>): () => Promise<R> {
	let under: Promise<unknown> = Promise.resolve();
	let next: Promise<R> | undefined;
	const go = () => {
		next = undefined;
		const asked = ask();
		under = asked.catch(() => {});
		return asked;
	};
	return () => (next ??= under.then(go));
}
