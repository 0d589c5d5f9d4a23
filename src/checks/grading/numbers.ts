/** A number without rounding: 0.1 is a tenth. Written amounts are compared as they stand, not as binary floats. */
export interface Exact {
	over: bigint;
	under: bigint;
}

/** A number as it was typed: each way it can be read, and the unit beside it. */
export interface TypedNumber {
	readings: Exact[];
	unit: string;
}

/** Powers of ten beyond this are no number of a job, only a way to fill the memory. */
const MOST_POWER = 400;
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const SPACE = /[\s\u00a0\u2007\u2009\u202f]+/gu;

/**
 * Reads a number as people type it: `1250.5`, `1,250.5`, `1.250,5`, `1 250,5`, `1’250.5`, `12,34,567`, `−3`, `2/3`,
 * `1 ½`, `1.2e3`, `1,2 × 10^3`, in the digits of several scripts, with a unit behind it or a currency before it.
 * One mark with exactly three digits behind it (`1.250`, `1,250`) can be read in two ways: both count.
 */
export function readNumber(typed: string): TypedNumber {
	const text = plain(typed);
	const found = /^(\p{Sc}?)([-+]?)(\p{Sc}?) ?([\d][\d.,' _]*(?:\/\d+)?|[.,]\d+)(.*)$/u.exec(text);
	if (!found) return { readings: [], unit: '' };
	const [, before = '', sign = '', between = '', digits = '', rest = ''] = found;
	const [power, unit] = powerOf(rest.trim());
	if (power === undefined) return { readings: [], unit: '' };
	const readings = amounts(digits.trim()).map((each) => shift(sign === '-' ? negative(each) : each, power));
	return { readings, unit: unit || before || between };
}

/** One spelling for the same sign: digits, minus, spaces, marks. */
function plain(typed: string): string {
	const spelled = typed
		.replace(/[\u00bc-\u00be\u2150-\u215e]/gu, (sign) => ` ${sign.normalize('NFKC').replace('\u2044', '/')}`)
		.replace(/\p{Nd}/gu, (digit) => digitOf(digit))
		.replace(/[\u2212\u2012\u2013\u2010\u2011\uff0d\ufe63]/gu, '-')
		.replace(/\u066b/gu, ',')
		.replace(/[\u066c\u2019\u02bc\u2018]/gu, "'")
		.replace(/[\u00d7\u00b7\u22c5*]/gu, '×')
		.replace(SPACE, ' ');
	return spelled.trim().replace(/^([-+]) /u, '$1');
}

function digitOf(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	const zero = ZEROS.find((each) => code >= each && code <= each + 9);
	return zero === undefined ? digit : String(code - zero);
}

/** The power of ten in `e3`, `× 10^3` or `×10³`, and what is left as a unit. Undefined where it is beyond reason. */
function powerOf(rest: string): [power: number | undefined, unit: string] {
	const found =
		/^e([-+]?\d{1,6})(?![\p{L}\d])/iu.exec(rest) ?? /^× ?10 ?(?:\^ ?([-+]?\d{1,6})|([⁻⁺]?[⁰¹²³⁴-⁹]{1,6}))/u.exec(rest);
	if (!found) return [0, rest];
	const power = Number(found[1] ?? (found[2] ?? '').normalize('NFKC').replace('\u2212', '-'));
	return [Math.abs(power) > MOST_POWER ? undefined : power, rest.slice(found[0].length).trim()];
}

function amounts(digits: string): Exact[] {
	const fraction = /^(?:(\d+) )?(\d+)\/(\d+)$/u.exec(digits);
	if (fraction) {
		const [, whole = '0', over = '0', under = '1'] = fraction;
		if (/^0+$/u.test(under)) return [];
		return [{ over: BigInt(whole) * BigInt(under) + BigInt(over), under: BigInt(under) }];
	}
	return spellings(digits).map(decimal);
}

const WHOLE = /^\d+$/u;

/** The number with `.` as its only mark, in each way it can be meant. */
function spellings(digits: string): string[] {
	const marks = digits.replace(/\d/gu, '');
	if (marks === '') return [digits];
	const last = marks.at(-1) ?? '';
	const at = digits.lastIndexOf(last);
	const [head, tail] = [digits.slice(0, at), digits.slice(at + 1)];
	const asDecimal =
		/[.,]/u.test(last) && /^\d*$/u.test(tail) ? ungrouped(head, last).map((each) => `${each}.${tail}`) : [];
	const asGroups = ungrouped(digits, '').filter((each) => WHOLE.test(each));
	return [...asDecimal, ...asGroups];
}

/** The digits of well-formed groups, of three or as in India of two before the last three; one sign parts them all. */
function ungrouped(digits: string, otherThan: string): string[] {
	if (digits === '') return ['0'];
	if (WHOLE.test(digits)) return [digits];
	const sign = /[^\d]/u.exec(digits)?.[0] ?? '';
	const groups = digits.split(sign);
	const lead = groups[0] ?? '';
	const wellFormed =
		sign !== otherThan &&
		/^[1-9]\d{0,2}$/u.test(lead) &&
		groups.at(-1)?.length === 3 &&
		groups.slice(1).every((group) => /^\d{2,3}$/u.test(group)) &&
		new Set(groups.slice(1, -1).map(({ length }) => length)).size <= 1 &&
		(groups[1]?.length === 3 || lead.length <= 2);
	return wellFormed ? [groups.join('')] : [];
}

function decimal(text: string): Exact {
	const [whole = '', part = ''] = text.split('.');
	return { over: BigInt(whole + part || '0'), under: 10n ** BigInt(part.length) };
}

/** A number of the program as it is written: 0.1 is a tenth, not the float next to it. */
export function exact(value: number): Exact {
	const [digits = '0', power = '0'] = String(Math.abs(value)).split('e');
	return shift(value < 0 ? negative(decimal(digits)) : decimal(digits), Number(power));
}

const negative = ({ over, under }: Exact): Exact => ({ over: -over, under });
const shift = ({ over, under }: Exact, power: number): Exact =>
	power < 0 ? { over, under: under * 10n ** BigInt(-power) } : { over: over * 10n ** BigInt(power), under };

export const times = (one: Exact, other: Exact): Exact => ({
	over: one.over * other.over,
	under: one.under * other.under
});

/** Factors such as a third are rounded where they were written down: so much of the value is forgiven. */
const ROUNDING: Exact = { over: 1n, under: 10n ** 12n };

/** Whether a number lies no further from another than allowed, the edge counted in. */
export function within(given: Exact, value: Exact, allowed: Exact): boolean {
	const apart = size({ over: given.over * value.under - value.over * given.under, under: given.under * value.under });
	const rounding = times(size(value), ROUNDING);
	const most = {
		over: allowed.over * rounding.under + rounding.over * allowed.under,
		under: allowed.under * rounding.under
	};
	return apart.over * most.under <= most.over * apart.under;
}

export const size = ({ over, under }: Exact): Exact => ({ over: over < 0n ? -over : over, under });
