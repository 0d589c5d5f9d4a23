import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { politely } from './polite.ts';

/** A visit that ends when it is told to. */
function aVisit(seen: string[], name: string) {
	let end = (_error?: Error) => {};
	const work = () =>
		new Promise<string>((done, fail) => {
			seen.push(name);
			end = (error) => (error ? fail(error) : done(name));
		});
	return { work, end: (error?: Error) => end(error) };
}

/** Waits until nothing is left that could go on without a timer. */
async function everythingDone() {
	for (let turns = 0; turns < 5; turns += 1) await turn();
}

test('one host is asked once at a time, others meanwhile', async () => {
	const seen: string[] = [];
	const [first, second, other] = ['first', 'second', 'other'].map((name) => aVisit(seen, name));
	const one = politely('https://a.example/1', first!.work, 1);
	const two = politely('https://a.example/2', second!.work, 1);
	const three = politely('https://b.example/1', other!.work, 1);
	await everythingDone();
	expect(seen).toEqual(['first', 'other']);
	first!.end();
	expect(await one).toBe('first');
	await expect.poll(() => seen).toContain('second');
	second!.end();
	other!.end();
	expect(await Promise.all([two, three])).toEqual(['second', 'other']);
});

test('a pause lies between two visits', async () => {
	const seen: string[] = [];
	const visit = (name: string) => () => Promise.resolve(void seen.push(name));
	const hour = 3_600_000;
	await politely('https://c.example/1', visit('first'), hour);
	void politely('https://c.example/2', visit('second'), hour);
	void politely('https://other.example/1', visit('other'), hour);
	await everythingDone();
	expect(seen).toEqual(['first', 'other']);
});

test('a visit that fails fails alone', async () => {
	const lost = politely('https://d.example/1', () => Promise.reject(new Error('away')), 1);
	const next = politely('https://d.example/2', () => Promise.resolve('there'), 1);
	await expect(lost).rejects.toThrow('away');
	expect(await next).toBe('there');
});
