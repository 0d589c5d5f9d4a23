/** Something with a begin and an end, as calendars keep it. */
export interface CalendarEvent {
	/** Never changes, and is nobody else's: `0199…@trellis.example.org`. */
	uid: string;
	title: string;
	text: string;
	place: string;
	/** Its page. */
	url: string;
	/** A moment (ISO 8601), or a whole day: `2030-04-01`. */
	begins: string;
	/** A moment, or the last whole day. */
	ends: string;
	changedAt: string;
	/** How often its time was changed. */
	moves: number;
	/** It does not take place. */
	off: boolean;
}

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/**
 * Events as iCalendar (RFC 5545). Moments are told in UTC, so that no rules of time zones have to come along;
 * whole days belong to every zone, and leave the day free.
 * @param name what a calendar program calls it
 */
export function toCalendar(name: string, events: readonly CalendarEvent[]): string {
	const lines = [
		...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Trellis//Programme//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
		// RFC 7986, and the name it had before that.
		...[`NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`],
		...['REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H'],
		...events.flatMap(eventLines),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
	const whole = isDay(event.begins);
	return [
		'BEGIN:VEVENT',
		`UID:${event.uid}`,
		`DTSTAMP:${moment(event.changedAt)}`,
		`LAST-MODIFIED:${moment(event.changedAt)}`,
		`SEQUENCE:${event.moves}`,
		...(whole
			? // The end of whole days is the day after them.
				[`DTSTART;VALUE=DATE:${day(event.begins)}`, `DTEND;VALUE=DATE:${day(event.ends, 1)}`, 'TRANSP:TRANSPARENT']
			: [`DTSTART:${moment(event.begins)}`, `DTEND:${moment(event.ends)}`]),
		`SUMMARY:${escaped(event.title)}`,
		...(event.text ? [`DESCRIPTION:${escaped(event.text)}`] : []),
		...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
		`URL:${event.url.replace(/[\r\n]/g, '')}`,
		`STATUS:${event.off ? 'CANCELLED' : 'CONFIRMED'}`,
		'END:VEVENT'
	];
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** `20300312T130000Z` */
const moment = (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** `20300401` */
function day(text: string, later = 0): string {
	const at = new Date(`${text}T00:00:00Z`);
	at.setUTCDate(at.getUTCDate() + later);
	return at.toISOString().slice(0, 10).replaceAll('-', '');
}

/** Text as a value (RFC 5545, 3.3.11); other controls have no place in it. */
const escaped = (text: string) =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ') // eslint-disable-line no-control-regex
		.replace(/[\\;,]/g, '\\$&')
		.replaceAll('\n', '\\n');

const OCTETS = 75;

/** A line of 75 octets at most, going on in lines that begin with a space; never within a letter. */
function folded(line: string): string {
	const parts: string[] = [];
	let [part, octets] = ['', 0];
	for (const letter of line) {
		const size = Buffer.byteLength(letter);
		if (octets + size > OCTETS) {
			parts.push(part);
			// The space counts, too.
			[part, octets] = ['', 1];
		}
		part += letter;
		octets += size;
	}
	return [...parts, part].join('\r\n ');
}
