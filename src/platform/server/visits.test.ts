import { afterEach, expect, test, vi } from 'vitest';
import { breathing, breathless, slices } from './breath.ts';
import { onVisit, someoneWaits, visit, visitedLately } from './visits.ts';

afterEach(() => void vi.useRealTimers());

test('somebody waits from the beginning of a request until it is answered, but not before a stream', () => {
	vi.useFakeTimers({ toFake: ['performance'] });
	expect([someoneWaits(), visitedLately()]).toEqual([false, false]);
	const [left, left2] = [visit(), visit()];
	left();
	expect(someoneWaits()).toBe(true);
	left2();
	expect([someoneWaits(), visitedLately()]).toEqual([false, true]);
	visit();
	vi.advanceTimersByTime(300);
	expect([someoneWaits(), visitedLately()]).toEqual([false, true]);
	vi.advanceTimersByTime(3_000);
	expect(visitedLately()).toBe(false);
});

test('who wants to hears of each request until they have heard enough', () => {
	const heard = vi.fn();
	const enough = onVisit(heard);
	visit()();
	enough();
	visit()();
	expect(heard).toHaveBeenCalledOnce();
});

test('long work rests while somebody waits, and only lets others take their turn where nobody came', async () => {
	vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
	vi.advanceTimersByTime(10_000);
	const breath = breathing();
	vi.advanceTimersByTime(5);
	await breath();
	const left = visit();
	vi.advanceTimersByTime(5);
	let gone = false;
	const rest = breath().then(() => (gone = true));
	await vi.advanceTimersByTimeAsync(60);
	expect(gone).toBe(false);
	left();
	await vi.advanceTimersByTimeAsync(10);
	await rest;
	expect(gone).toBe(true);
});

test('a list is worked on in small pieces only where others breathe in between', () => {
	const list = [1, 2, 3, 4, 5];
	expect([...slices(list, { many: 4, few: 2 }, breathless)]).toEqual([[1, 2, 3, 4], [5]]);
	expect([...slices(list, { many: 4, few: 2 }, breathing())]).toEqual([[1, 2], [3, 4], [5]]);
});
