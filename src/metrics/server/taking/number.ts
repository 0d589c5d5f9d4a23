import { LARGEST } from '../../metric.ts';

/** How numbers are written where they come from. */
export type Decimal = 'point' | 'comma';

const PLAIN = /^[-+−]?\d+(\.\d+)?([eE][-+]?\d{1,3})?$/;
const GROUPED = /^[-+−]?\d{1,3}(,\d{3})+(\.\d+)?$/;
/** Blanks that part thousands: `12 400`, also those that do not break. */
const BLANKED = /^[-+−]?\d{1,3}([ \u00a0\u202f]\d{3})+(\.\d+)?$/;

/**
 * Reads a number as a table holds it.
 * @returns the number, or what is wrong with it
 */
export function readNumber(given: string | number, decimal: Decimal): number | string {
	if (typeof given === 'number') return checked(given, String(given));
	const text = given.trim();
	if (!text) return 'has no value';
	const swapped = decimal === 'comma' ? text.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')) : text;
	const bare = GROUPED.test(swapped) || BLANKED.test(swapped) ? swapped.replace(/[, \u00a0\u202f]/g, '') : swapped;
	if (!PLAIN.test(bare)) return `“${text.slice(0, 40)}” is no number`;
	return checked(Number(bare.replace('−', '-')), text);
}

function checked(value: number, text: string): number | string {
	if (!Number.isFinite(value)) return `“${text.slice(0, 40)}” is no number that can be kept`;
	return Math.abs(value) > LARGEST ? `${text.slice(0, 40)} is larger than any figure can be here` : value;
}
