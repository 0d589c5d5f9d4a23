import { expect, test } from 'vitest';
import { decodeCursor, toPage } from './page.ts';

test('a page ends with a cursor that leads to the next, and the last one with none', () => {
	const page = toPage([{ id: 'a' }, { id: 'b' }, { id: 'c' }], 2, ({ id }) => [id]);
	expect(page.items).toEqual([{ id: 'a' }, { id: 'b' }]);
	expect(decodeCursor(page.next!, 1)).toEqual(['b']);
	expect(toPage([{ id: 'c' }], 2, ({ id }) => [id]).next).toBeNull();
});

test.each(['x', 'eyJhIjoxfQ', Buffer.from('["a","b"]').toString('base64url')])(
	'a foreign cursor %s is refused',
	(cursor) => {
		expect(() => decodeCursor(cursor, 1)).toThrow('is not a cursor');
	}
);
