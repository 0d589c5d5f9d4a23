import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, none, orNone, tags, version } from '#src/core/items/input.ts';
import { readChapters, readPoints, type Lines } from './notes.ts';
import { secondsOf } from './time.ts';

/** A time in the resource: seconds, or as people write it. */
const time = z.preprocess(
	(value) => (typeof value === 'string' && value !== '' ? (secondsOf(value) ?? NaN) : none(value)),
	z.number('must be a time, as in 2:05').min(0).max(200_000).optional()
);

const fromLines = <T>(read: (text: string) => Lines<T>) =>
	markdown(0).transform((text, context) => {
		const found = read(text);
		if ('list' in found) return found.list;
		context.addIssue({ code: 'custom', message: found.wrong });
		return z.NEVER;
	});

/** The language of captions, as in `en` or `pt-BR`. */
export const language = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, 'must be a language, as in “en”');

/** A picture of a film, drawn by the browser that sends it: a small JPEG as a data address. */
const poster = z.preprocess(
	none,
	z
		.string()
		.max(190_000, 'is too large')
		.regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+={0,2}$/, 'must be a JPEG')
		.transform((address) => Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'))
		.optional()
);

const stretch = { seconds: time, starts: time, ends: time };
const endsLater = ({ starts, ends }: { starts?: number; ends?: number }) => ends === undefined || ends > (starts ?? 0);
const ENDS_EARLIER = { path: ['ends'], message: 'must lie after the start' };

/** Sharing a file: it is uploaded first (`/files/uploads`), and named here. */
export const newResource = z
	.strictObject({
		spaceId: id,
		title: line(200, 1),
		bodyMd: markdown(0).default(''),
		tags,
		fileId: id,
		poster,
		...stretch,
		submission
	})
	.refine(endsLater, ENDS_EARLIER);
export type NewResource = z.output<typeof newResource>;

/** A new version: another text, and another file where there is one. */
export const resourceEdit = z
	.strictObject({
		title: line(200, 1),
		bodyMd: markdown(0).default(''),
		tags,
		fileId: orNone(id),
		poster,
		...stretch,
		note: line(200, 0).default(''),
		version
	})
	.refine(endsLater, ENDS_EARLIER);
export type ResourceEdit = z.output<typeof resourceEdit>;

/** An earlier file comes back: that of which version, and which version the resource had when this was asked. */
export const bringBack = z.strictObject({ from: version, version });
export type BringBack = z.output<typeof bringBack>;

/** What helps to use it: key points, and chapters of film and sound. */
export const resourceNotes = z.strictObject({
	points: fromLines(readPoints).default([]),
	chapters: fromLines(readChapters).default([])
});
export type ResourceNotes = z.output<typeof resourceNotes>;

export const captionsInput = z.strictObject({
	language,
	text: z.string('is needed').min(1, 'is needed').max(3_000_000, 'is too long')
});

export const page = z.coerce.number('must be a number').int().min(1, 'counts from 1').max(100_000);
export const narrationInput = z.strictObject({ page, fileId: id });
