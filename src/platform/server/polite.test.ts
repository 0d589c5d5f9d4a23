import { setTimeout as wait } from 'node:timers/promises';
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

test('one host is asked once at a time, others meanwhile', async () => {
	const seen: string[] = [];
	const [first, second, other] = ['first', 'second', 'other'].map((name) => aVisit(seen, name));
	const one = politely('https://a.example/1', first!.work, 1);
	const two = politely('https://a.example/2', second!.work, 1);
	const three = politely('https://b.example/1', other!.work, 1);
	await wait(20);
	expect(seen).toEqual(['first', 'other']);
	first!.end();
	expect(await one).toBe('first');
	await expect.poll(() => seen).toContain('second');
	second!.end();
	other!.end();
	expect(await Promise.all([two, three])).toEqual(['second', 'other']);
});

test('a pause lies between two visits', async () => {
	const times: number[] = [];
	const visit = () => Promise.resolve(void times.push(performance.now()));
	await Promise.all([politely('https://c.example/1', visit, 80), politely('https://c.example/2', visit, 80)]);
	expect(times[1]! - times[0]!).toBeGreaterThan(75);
});

test('a visit that fails fails alone', async () => {
	const lost = politely('https://d.example/1', () => Promise.reject(new Error('away')), 1);
	const next = politely('https://d.example/2', () => Promise.resolve('there'), 1);
	await expect(lost).rejects.toThrow('away');
	expect(await next).toBe('there');
});
