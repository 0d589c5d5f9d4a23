import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ProcessPool } from './process-pool.ts';

interface Echo {
	word: string;
	pid: number;
}
const bounds = { memory: 48, time: 5_000, size: 2 };
const pool = new ProcessPool<{ way: string; word: string }, Echo>('src/testing/work-child.ts', bounds);
const hasty = new ProcessPool<{ way: string; word: string }, Echo>('src/testing/work-child.ts', {
	...bounds,
	time: 1_500
});
afterAll(() => {
	pool.close();
	hasty.close();
});

test('work is shared by at most so many processes, and each answer comes to whoever asked', async () => {
	const words = Array.from({ length: 20 }, (_, index) => `word ${index}`);
	const answers = await Promise.all(words.map((word) => pool.run({ way: 'wait', word })));
	expect(answers.map(({ word }) => word)).toEqual(words);
	expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
	expect(answers.every(({ pid }) => pid !== process.pid)).toBe(true);
});

test('what the work throws is told, and the process goes on', async () => {
	await expect(pool.run({ way: 'fail', word: 'no letters in it' })).rejects.toThrow('no letters in it');
	expect((await pool.run({ way: 'echo', word: 'still here' })).word).toBe('still here');
});

test('one that takes too long is ended, and the next work goes on in another', async () => {
	await expect(hasty.run({ way: 'hang', word: '' })).rejects.toMatchObject({ reason: 'slow' });
	expect((await hasty.run({ way: 'echo', word: 'next' })).word).toBe('next');
});

test.each(['fill', 'quit'])('one that dies (%s) takes only its own work along', async (way) => {
	const others = Array.from({ length: 6 }, (_, index) => pool.run({ way: 'wait', word: `${index}` }));
	await expect(pool.run({ way, word: '' })).rejects.toMatchObject({ reason: 'ended' });
	expect((await Promise.all(others)).map(({ word }) => word)).toEqual(['0', '1', '2', '3', '4', '5']);
	expect((await pool.run({ way: 'echo', word: 'alive' })).word).toBe('alive');
});

test('it may neither write nor start programs', async () => {
	const path = join(tmpdir(), `trellis-pool-${process.pid}`);
	await expect(pool.run({ way: 'write', word: path })).rejects.toThrow(/permission|access/i);
	await expect(pool.run({ way: 'start', word: '' })).rejects.toThrow(/permission|access/i);
	expect(existsSync(path)).toBe(false);
});
