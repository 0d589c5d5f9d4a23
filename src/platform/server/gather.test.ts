import { expect, test } from 'vitest';
import type { Db } from './db.ts';
import { gather } from './gather.ts';

const db = {} as Db;
const turn = () => new Promise((done) => setTimeout(done, 5));

test('what comes while others are carried out is carried out together, in its order', async () => {
	const batches: string[] = [];
	const add = gather<number, number>(async (_, key, inputs) => {
		batches.push(`${key}: ${inputs.join()}`);
		await turn();
		return inputs.map((input) => ({ value: input * 2 }));
	}, 3);
	const found = await Promise.all([1, 2, 3, 4, 5].map((input) => add(db, 'a', input)));
	expect(found).toEqual([2, 4, 6, 8, 10]);
	expect(batches).toEqual(['a: 1', 'a: 2,3,4', 'a: 5']);
	expect(await add(db, 'a', 6)).toBe(12);
});

test('others of another key or within another transaction are not waited for', async () => {
	const begun: string[] = [];
	const add = gather<string, void>(async (_, key, inputs) => {
		begun.push(`${key}${inputs.join('')}`);
		await turn();
		return inputs.map(() => ({ value: undefined }));
	}, 10);
	await Promise.all([add(db, 'a', '1'), add(db, 'b', '2'), add({} as Db, 'a', '3')]);
	expect(begun).toEqual(['a1', 'b2', 'a3']);
});

test('each learns of its own failure, and one that breaks the batch breaks no other', async () => {
	const add = gather<string, string>(async (_, __, inputs) => {
		await turn();
		if (inputs.includes('poison')) throw new Error('the whole batch');
		return inputs.map((input) => (input === 'bad' ? { error: new Error('its own') } : { value: input }));
	}, 10);
	const found = await Promise.allSettled(['first', 'good', 'bad', 'poison'].map((input) => add(db, 'a', input)));
	expect(found.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual([
		...['first', 'good', 'its own', 'the whole batch']
	]);
});
