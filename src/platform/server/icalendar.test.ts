import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { toCalendar, type CalendarEvent } from './icalendar.ts';

const event: CalendarEvent = {
	...{ uid: 'one@example.org', title: 'Tills; ink, and \\ more', text: 'Line one\nLine two', place: 'Hall 3' },
	...{
		url: 'https://example.org/activities/one',
		begins: '2030-03-12T13:00:00.000Z',
		ends: '2030-03-12T14:30:00.000Z'
	},
	...{ changedAt: '2030-01-02T03:04:05.678Z', moves: 2, off: false }
};

/** As another program reads it. */
const read = (text: string) =>
	new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

test('another program reads what was written', () => {
	const [found] = read(toCalendar('Programme', [event]));
	expect(found!.uid).toBe(event.uid);
	expect(found!.summary).toBe(event.title);
	expect(found!.description).toBe(event.text);
	expect(found!.location).toBe('Hall 3');
	expect(found!.startDate.toJSDate().toISOString()).toBe(event.begins);
	expect(found!.endDate.toJSDate().toISOString()).toBe(event.ends);
	expect(found!.sequence).toBe(2);
});

test('whole days end before the day after, and leave the day free', () => {
	const text = toCalendar('Programme', [{ ...event, begins: '2030-04-01', ends: '2030-04-30' }]);
	const [found] = read(text);
	expect([found!.startDate.isDate, found!.startDate.toString(), found!.endDate.toString()]).toEqual([
		...[true, '2030-04-01', '2030-05-01']
	]);
	expect(text).toContain('TRANSP:TRANSPARENT\r\n');
});

test('lines are 75 octets at most, end in CRLF, and no letter is torn apart', () => {
	const title = `${'Füße über Ærø 工具 🧰 '.repeat(30)}`;
	const text = toCalendar('Programme', [{ ...event, title }]);
	expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
	expect(read(text)[0]!.summary).toBe(title);
});

test('what was typed never becomes a line of its own', () => {
	const text = toCalendar('A\r\nX-EVIL:1', [
		{ ...event, title: 'A\r\nBEGIN:VALARM', place: 'B\u0000\u0008\rATTACH:x', url: 'https://example.org/\r\nX-EVIL:1' }
	]);
	const lines = text.split('\r\n');
	expect(lines.filter((line) => /^(X-EVIL|BEGIN:VALARM|ATTACH)/.test(line))).toEqual([]);
	expect(read(text)[0]!.summary).toBe('A\nBEGIN:VALARM');
});

test('what does not take place says so; a calendar without events is one', () => {
	expect(toCalendar('Programme', [{ ...event, off: true }])).toContain('STATUS:CANCELLED\r\n');
	expect(read(toCalendar('Programme', []))).toEqual([]);
});
