import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '#src/checks/answer.ts';
import type { ShownQuestion } from '#src/checks/attempts/attempt.ts';

/** Somebody with an attempt open, and what they are going to answer. */
export interface Taker {
	token: string;
	attempt: string;
	answers: Record<string, Answer>;
}

/** An answer as somebody gives it who has read the question, by its type: not always right. */
export function answerTo({ type, pieces, words, form }: ShownQuestion): Answer {
	const names = pieces.map(({ name }) => name);
	if (type === 'choice') return { chosen: names.slice(0, 1) };
	if (type === 'order') return { keys: names };
	if (type === 'match') return { pairs: Object.fromEntries(names.map((name, at) => [name, words[at]!])) };
	if (type === 'numeric') return { value: '505', unit: words[0] ?? '' };
	if (type === 'form') {
		const fields = form!.fields.map(({ name, kind, options }) => [name, kind === 'choice' ? options[0]! : 'kettle']);
		return { fields: Object.fromEntries(fields) };
	}
	return { text: 'There is no receipt' };
}

/**
 * Each keeps an answer after each question, as the page does, and then hands in; whether others were answered or not (open loop).
 * @param begin milliseconds from now at which the first question is answered
 * @param pause milliseconds between two answers
 * @returns what handing in took, in milliseconds from when it was due
 */
export async function answerAll(url: string, taker: Taker, begin: number, pause: number): Promise<number> {
	const all = Object.entries(taker.answers);
	const start = performance.now() + begin;
	for (let revision = 0; revision < all.length; revision += 1) {
		await until(start + revision * pause);
		await send(url, taker, 'PUT', 'answers', { revision, answers: Object.fromEntries(all.slice(0, revision + 1)) });
	}
	const due = start + all.length * pause;
	await until(due);
	await send(url, taker, 'POST', 'submission', { revision: all.length, answers: taker.answers });
	return performance.now() - due;
}

const until = (time: number) => wait(Math.max(0, time - performance.now()));

async function send(url: string, { token, attempt }: Taker, method: string, what: string, sheet: object) {
	const response = await fetch(`${url}/api/v1/attempts/${attempt}/${what}`, {
		method,
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify(sheet)
	});
	const said = await response.text();
	if (!response.ok) throw new Error(`${method} ${what} gave ${response.status}: ${said}`);
}
