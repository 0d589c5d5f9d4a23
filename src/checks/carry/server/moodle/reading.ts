import type { FileReport } from '#src/core/import/report.ts';
import type { Media } from '../carried.ts';
import type { TextFormat, TextReader } from '../text.ts';
import { child, textOf, type Element } from '#src/platform/server/xml-tree.ts';

/** What a question is read with. */
export interface Reading {
	question: Element;
	texts: TextReader;
	report: FileReport;
	/** Pictures of the question and of its answers, by the address texts give. */
	media: Map<string, Media>;
	prompt: string;
	why: string;
	/** What is not carried, with a reason: the question goes on without it. */
	changed(reason: string): void;
}

/** Of the file format that an element says its text has. */
const formatOf = (element: Element): TextFormat => {
	const said = element.attributes.format ?? 'html';
	return said === 'markdown' ? 'markdown' : said === 'plain_text' ? 'plain' : 'html';
};

export const htmlOf = (element: Element | undefined, texts: TextReader, max: number): string =>
	element ? texts.text(textOf(child(element, 'text')), formatOf(element), max) : '';

export const lineOf = (element: Element | undefined, texts: TextReader, max: number): string =>
	element ? texts.line(textOf(child(element, 'text')), formatOf(element), max) : '';
