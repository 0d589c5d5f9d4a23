import type { QuestionContent } from '../../question.ts';
import { wordsOf, markdownToHtml } from './text.ts';

/** A file of this house that a question shows. */
export interface KeptFile {
	/** Its own within what is written. */
	name: string;
	mime: string;
	width: number | null;
	height: number | null;
	bytes(): Promise<Buffer>;
}

/** A question of a bank on its way out. */
export interface Kept {
	id: string;
	objective: string;
	content: QuestionContent;
	/** By the address its texts give. */
	files: ReadonlyMap<string, KeptFile>;
}

/** Another program's name for a question: the beginning of what it asks. */
export function nameOf({ content }: Kept): string {
	const words = content.type === 'form' ? content.title : wordsOf(markdownToHtml(content.prompt));
	return words.length > 90 ? `${words.slice(0, 89).toWellFormed()}…` : words || content.type;
}

/** Puts the addresses that files have in what is written for those they have here. */
export function withFiles(text: string, files: Kept['files'], address: (file: KeptFile) => string): string {
	let said = text;
	for (const [here, file] of files) said = said.replaceAll(here, address(file));
	return said;
}
