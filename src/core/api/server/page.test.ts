import { expect, test } from 'vitest';
import { newId } from '#src/platform/server/ids.ts';
import { decodeCursor, encodeCursor, toPage } from './page.ts';

const [a, b, c] = [newId(), newId(), newId()];

test('a page ends with a cursor that leads to the next, and the last one with none', () => {
	const page = toPage([{ id: a }, { id: b }, { id: c }], 2, ({ id }) => [id]);
	expect(page.items).toEqual([{ id: a }, { id: b }]);
	expect(decodeCursor(page.next!, 'id')).toEqual([b]);
	expect(toPage([{ id: c }], 2, ({ id }) => [id]).next).toBeNull();
});

const time = '2026-02-27 10:00:00.123456+00';

test('a cursor holds times, ids and flags as the database writes them', () => {
	const keys = ['true', time, a];
	expect(decodeCursor(encodeCursor(keys), 'flag', 'time', 'id')).toEqual(keys);
});

test.each([
	['not JSON', 'x'],
	['not a list', 'eyJhIjoxfQ'],
	['too long', encodeCursor([time, a, b])],
	['a text for an id', encodeCursor([time, 'b'])],
	['a text for a time', encodeCursor(['now', a])],
	['a day that is none', encodeCursor(['2026-02-31 10:00:00+00', a])],
	['an hour that is none', encodeCursor(['2026-02-27 25:00:00+00', a])],
	['a zone that is none', encodeCursor(['2026-02-27 10:00:00+99', a])],
	['a null byte', encodeCursor([`${time}\0`, a])]
])('a foreign cursor is refused: %s', (_, cursor) => {
	expect(() => decodeCursor(cursor, 'time', 'id')).toThrow('is not a cursor');
});
