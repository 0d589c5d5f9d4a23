import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Kept } from './kept.ts';
import { cut, joinPacked, Piece, plain } from './pieces.ts';
import { inRounds, oneAtATime } from './rounds.ts';

test('the least used is forgotten when the bytes are full, and what is too large is not kept', () => {
	const kept = new Kept<string>(80);
	for (let n = 0; n < 8; n += 1) kept.set(`${n}`, `value ${n}`, 10);
	expect(kept.get('0')).toBe('value 0');
	kept.set('8', 'value 8', 10);
	expect([kept.get('0'), kept.get('1'), kept.get('8')]).toEqual(['value 0', undefined, 'value 8']);
	kept.set('large', 'x', 11);
	expect([kept.get('large'), kept.bytes]).toEqual([undefined, 80]);
	kept.set('8', 'smaller', 5);
	expect(kept.bytes).toBe(75);
});

test('pieces and short texts join to the same body, plain and compressed', () => {
	const long = 'Hold the green key. – „ü“ '.repeat(9_000);
	const parts = [new Piece(long), 'now: 5', new Piece(''), '', new Piece('end'), 'ß'];
	const body = Buffer.concat(plain(parts));
	expect(body.toString()).toBe(`${long}now: 5endß`);
	expect(gunzipSync(joinPacked(parts)).equals(body)).toBe(true);
	expect(joinPacked(parts).length).toBeLessThan(body.length / 20);
});

test('a text is cut at its spans, in whatever order they are named', () => {
	const parts = cut('<b>one</b><i>two</i>', [
		{ name: 'second', from: 13, to: 16 },
		{ name: 'first', from: 3, to: 6 }
	]);
	expect(parts.map((part) => (part instanceof Piece ? part.plain.toString() : [part]))).toEqual([
		'<b>',
		['first'],
		'</b><i>',
		['second'],
		'</i>'
	]);
});

test('what is asked together is answered in its order, in few rounds; a failed round fails only those in it', async () => {
	const rounds: number[][] = [];
	const double = inRounds(
		async (asked: number[]) => {
			rounds.push(asked);
			await Promise.resolve();
			if (asked.includes(13)) throw new Error('unlucky');
			return asked.map((each) => each * 2);
		},
		1,
		5
	);
	const asked = [1, 2, 3, 4, 5, 13, 6, 7];
	const results = await Promise.allSettled(asked.map(double));
	expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
		2,
		4,
		6,
		8,
		10,
		...['failed', 'failed', 'failed']
	]);
	expect(rounds.length).toBe(2);
	expect(await double(8)).toBe(16);
});

test('who asks while an answer is awaited gets the next one, which all of them share; a failure is told to those it met', async () => {
	const asked: PromiseWithResolvers<string>[] = [];
	const ask = oneAtATime(() => {
		asked.push(Promise.withResolvers<string>());
		return asked.at(-1)!.promise;
	});
	const first = ask();
	await expect.poll(() => asked.length).toBe(1);
	const late = [ask(), ask()];
	asked[0]!.reject(new Error('unlucky'));
	await expect(first).rejects.toThrow('unlucky');
	await expect.poll(() => asked.length).toBe(2);
	const later = ask();
	asked[1]!.resolve('second');
	expect(await Promise.all(late)).toEqual(['second', 'second']);
	await expect.poll(() => asked.length).toBe(3);
	asked[2]!.resolve('third');
	expect(await later).toBe('third');
});
