const YEAR_ONE = Date.UTC(1990, 0);
const DAY = 86_400_000;

/** Names of zones that Date does not know (RFC 822 and what feeds use besides). */
const zones: Record<string, string> = {
	...{ UT: '+0000', WET: '+0000', BST: '+0100', CET: '+0100', MET: '+0100', CEST: '+0200', EET: '+0200' },
	...{ EEST: '+0300', MSK: '+0300', IST: '+0530', SGT: '+0800', JST: '+0900', KST: '+0900', AEST: '+1000' },
	...{ AEDT: '+1100', NZST: '+1200', NZDT: '+1300', AKST: '-0900', AKDT: '-0800', HST: '-1000' }
};

/**
 * When a post says it was published. Dates come in every form and from every century: what cannot be one, lies before
 * the web or more than a day ahead is not taken, and said to be odd.
 * @param now milliseconds
 */
export function readDate(text: string | undefined, now = Date.now()): { at: Date | null; odd: string } {
	const said = (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 100);
	if (!said) return { at: null, odd: '' };
	const time = parse(said);
	if (Number.isNaN(time)) return { at: null, odd: `“${said}” is no date` };
	const day = new Date(time)
		.toISOString()
		.replace(/^[+-]00/, '')
		.slice(0, 10);
	if (time < YEAR_ONE) return { at: null, odd: `${day} lies before the web` };
	if (time > now + DAY) return { at: null, odd: `${day} lies ahead` };
	// A clock that is a little fast.
	return { at: new Date(Math.min(time, now)), odd: '' };
}

function parse(said: string): number {
	const plain = said
		// "Tues, 3rd November 2026": the day of the week tells nothing new, and is often wrong.
		.replace(/^[A-Za-zÀ-ž]{2,10}\.?,\s*/, '')
		.replace(/^(\d{1,2})(st|nd|rd|th)\b/i, '$1')
		.replace(/\b([A-Z]{2,4})$/, (zone) => zones[zone] ?? zone)
		// Date knows GMT+0200 but not UTC+02:00 in brackets.
		.replace(/\s*\([^)]*\)$/, '');
	const direct = Date.parse(
		/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(plain) ? `${plain.replace(' ', 'T')}Z` : plain
	);
	if (!Number.isNaN(direct)) return direct;
	// 24:00 and 9:61 are told by some programs: the day stands all the same.
	const day = /^(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]{3,9} \d{4})\b/.exec(plain)?.[1];
	return day ? Date.parse(`${day} 12:00 GMT`) : NaN;
}
