import { describe, expect, test } from 'vitest';
import { line, markdown } from './input.ts';

describe('text from outside', () => {
	test.each([
		['a null byte', 'a\u0000b'],
		['a control', 'a\u001bb'],
		['half a character', 'a\ud800b'],
		['an override of direction', 'a\u202eb'],
		['an isolate of direction', 'a\u2066b']
	])('is refused with %s', (_, value) => {
		expect(line(20).safeParse(value).success).toBe(false);
		expect(markdown().safeParse(value).success).toBe(false);
	});

	test.each([
		['marks without width are dropped', '\ufeffa\u200bb\u2060', 'ab'],
		['what is only such marks is empty', '\u200b', undefined],
		['emoji stay whole', '👩\u200d🔧', '👩\u200d🔧'],
		['Arabic and Persian stay', 'می\u200cخواهم', 'می\u200cخواهم']
	])('%s', (_, value, expected) => {
		expect(line(20).safeParse(value).data).toBe(expected);
		expect(markdown().safeParse(value).data).toBe(expected);
	});
});
