import type { PartsOfItem } from '#src/core/search/parts.ts';
import type { Values } from '#src/ui/rows/rows.ts';
import type { Anchor, ContentPart } from '../part.ts';

/**
 * A part of the content as a row of a form: `at` is what was chosen from the list (`ITEM`, `ITEM#heading`, `ITEM:page`),
 * `other` the address of something that is not in it, `range` pages, slides or times.
 */
export function partAt({ at = '', other = '', range = '', label = '' }: Values): object {
	const chosen = other.trim() || at;
	const [, fragment] = /#(.+)$/.exec(chosen) ?? [];
	const unit = /:(page|slide|time)$/.exec(chosen)?.[1] ?? /^(page|slide)-\d/.exec(fragment ?? '')?.[1];
	const itemId = chosen.replace(/#.*$|:(page|slide|time)$/g, '');
	if (unit) return { itemId, anchor: rangeOf(unit, range || (fragment ?? '').replace(/\D/g, '')), label };
	const heading = fragment && { type: 'heading', id: decoded(fragment) };
	return { itemId, anchor: heading || { type: 'whole' }, label };
}

/** `12`, `12-14`; `1:15-1:30`. */
function rangeOf(type: string, range: string): object {
	const [from = '', to] = range.trim().split(/\s*[-–]\s*/);
	const read = type === 'time' ? seconds : (text: string) => text;
	return { type, from: read(from) || undefined, ...(to && { to: read(to) }) };
}

/** `1:20` is 80; what is no time stays, for the schema to say so. */
function seconds(text: string): number | string {
	if (!/^\d+(:[0-5]?\d){0,2}$/.test(text)) return text;
	return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) || '0';
}

function decoded(fragment: string): string {
	try {
		return decodeURIComponent(fragment);
	} catch {
		return fragment;
	}
}

/** A part as its row shows it. */
export function partValues({ itemId, anchor, label }: ContentPart): Record<string, string> {
	return { at: itemId + suffixOf(anchor), other: '', range: rangeText(anchor), label };
}

function suffixOf(anchor: Anchor): string {
	if (anchor.type === 'whole') return '';
	return anchor.type === 'heading' ? `#${encodeURIComponent(anchor.id)}` : `:${anchor.type}`;
}

function rangeText(anchor: Anchor): string {
	if (anchor.type === 'whole' || anchor.type === 'heading') return '';
	const write = anchor.type === 'time' ? clock : String;
	return anchor.to === undefined ? write(anchor.from) : `${write(anchor.from)}-${write(anchor.to)}`;
}

const clock = (time: number) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, '0')}`;

/** What can be chosen of an item: it as a whole, its headings, its pages, slides and times. */
export function partOptions({ id, headings, pages, slides, film }: PartsOfItem): { value: string; label: string }[] {
	return [
		{ value: id, label: 'All of it' },
		...headings.map((heading) => ({ value: `${id}#${encodeURIComponent(heading.id)}`, label: heading.label })),
		...(pages ? [{ value: `${id}:page`, label: `Pages 1–${pages}: say which` }] : []),
		...(slides ? [{ value: `${id}:slide`, label: `Slides 1–${slides}: say which` }] : []),
		...(film ? [{ value: `${id}:time`, label: 'A time of the film: say which' }] : [])
	];
}

/** What a part is called, where its author did not say. */
export function partLabel(anchor: Anchor, item?: PartsOfItem): string {
	switch (anchor.type) {
		case 'whole':
			return item?.title ?? '';
		case 'heading':
			return item?.headings.find(({ id }) => id === anchor.id)?.label ?? anchor.id;
		case 'time':
			return `At ${rangeText(anchor)}`;
		default:
			return `${anchor.type === 'page' ? 'Page' : 'Slide'} ${rangeText(anchor)}`;
	}
}
