import { expect, test } from 'vitest';
import { countWords, lint } from './words.ts';

test('words are counted as they are read: without marks and addresses, in scripts without spaces too', () => {
	expect(countWords('')).toBe(0);
	expect(countWords("Don't **hold** the [green key](https://tills.example/a/b).")).toBe(5);
	expect(countWords('See https://tills.example/manual/2 first')).toBe(2);
	expect(countWords('![A till](/files/1 "Big till") on')).toBe(3);
	expect(countWords('东京都庁')).toBeGreaterThan(1);
	expect(countWords('12.5 % of all')).toBe(3);
});

test('a tip is named for what keeps it back', () => {
	expect(lint({ title: 'Green key', body: 'Hold it.' })).toEqual([]);
	expect(lint({ title: 'Green key', body: 'word '.repeat(100) })).toEqual([]);
	expect(lint({ title: ' ', body: 'word '.repeat(101) })).toEqual([
		'It has no title.',
		'It has 101 words: 100 are the most.'
	]);
	expect(lint({ title: 'Green key', body: '' })).toEqual(['It says nothing yet.']);
});
