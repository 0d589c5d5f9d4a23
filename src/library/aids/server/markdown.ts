import type { AidContent, ContentOf } from '../content.ts';
import { clock } from '../flat.ts';

/**
 * An aid as Markdown: what is searched, exported, compared between versions and read
 * where no more than text is shown.
 */
export function aidMarkdown(content: AidContent): string {
	return [content.intro, bodyOf(content)].filter(Boolean).join('\n\n');
}

function bodyOf(content: AidContent): string {
	switch (content.type) {
		case 'checklist':
			return checklist(content);
		case 'steps':
			return content.steps
				.map(({ title, text, image, alt }, index) =>
					paragraphs(`### ${index + 1}. ${title}`, text, image && `![${label(alt)}](${image})`)
				)
				.join('\n\n');
		case 'decision':
			return table(
				[...content.questions, 'Then'],
				content.rules.map(({ when, then }) => [
					...padded(when, content.questions.length).map((each) => each || '–'),
					then
				])
			);
		case 'flow':
			return flowText(content);
		case 'reference':
			return table(
				content.columns,
				content.rows.map((row) => padded(row, content.columns.length))
			);
		case 'template':
			return content.text;
		case 'infographic':
			return paragraphs(`![${label(content.alt)}](${content.image})`, content.text);
		case 'screencast':
			return paragraphs(
				`[Watch the film](${content.video})`,
				...content.steps.map(({ at, title, text }) => paragraphs(`### ${clock(at)} ${title}`, text))
			);
	}
}

function checklist({ items }: ContentOf<'checklist'>): string {
	let group = '';
	return items
		.map(({ text, note, group: under }) => {
			const heading = under && under !== group ? `\n### ${under}\n\n` : '';
			group = under || group;
			const more = note ? `\n\n${note.replace(/^/gm, '  ')}\n` : '';
			return `${heading}- [ ] ${text}${more}`;
		})
		.join('\n')
		.trim();
}

/** A flow chart as a list: each step with where it leads, by number. */
function flowText({ nodes }: ContentOf<'flow'>): string {
	const numbers = new Map(nodes.map(({ id }, index) => [id, index + 1]));
	return nodes
		.map(({ text, next }, index) => {
			const [only] = next;
			const on = next.length === 1 && !only!.label;
			const ways = on
				? numbers.get(only!.to) === index + 2
					? ''
					: ` → ${numbers.get(only!.to)}`
				: next.map(({ to, label }) => `\n   - ${label}: → ${numbers.get(to)}`).join('');
			return `${index + 1}. ${text}${ways}`;
		})
		.join('\n');
}

const paragraphs = (...parts: string[]) => parts.filter(Boolean).join('\n\n');
const label = (text: string) => text.replace(/[[\]\\]/g, '\\$&');
const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\n+/g, ' ');

export const padded = (cells: string[], length: number): string[] =>
	Array.from({ length }, (_, index) => cells[index] ?? '');

function table(columns: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
