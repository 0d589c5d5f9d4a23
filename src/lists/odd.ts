import { dayInWords } from '#src/platform/day.ts';
import { monthInWords } from './list.ts';

interface Dates {
	publishedOn: string | null;
	foundOn: string;
}

/** So long before it was found, a date of publication is worth a second look. */
const OLD_DAYS = 365;
const DAY = 86_400_000;

/**
 * What is odd about the dates of an entry, in sentences. They are three things: when it was
 * published, when it was found, and the month of the list; none of them is ever refused.
 * @example oddDates({ publishedOn: '2012-03-04', foundOn: '2013-03-05' }, '2013-03')
 * // ['Published 4 March 2012, a year before it was found. Is the year right?']
 */
export function oddDates({ publishedOn, foundOn }: Dates, month: string): string[] {
	const odd: string[] = [];
	if (publishedOn === null) odd.push('No date of publication.');
	else {
		const days = (Date.parse(foundOn) - Date.parse(publishedOn)) / DAY;
		if (days < 0) odd.push(`Published ${dayInWords(publishedOn)}, after it was found. Is the date right?`);
		else if (days >= OLD_DAYS)
			odd.push(`Published ${dayInWords(publishedOn)}, ${yearsIn(days)} before it was found. Is the year right?`);
	}
	if (foundOn.slice(0, 7) !== month)
		odd.push(`Found on ${dayInWords(foundOn)}; the list is that of ${monthInWords(month)}.`);
	return odd;
}

function yearsIn(days: number): string {
	const years = Math.floor(days / 365.25) || 1;
	return years === 1 ? 'a year' : `${years} years`;
}
