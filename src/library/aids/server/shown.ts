import type { Viewer } from '#src/core/access/server/viewer.ts';
import { filesIn } from '#src/core/files/server/read.ts';
import { renderMarkdown } from '#src/core/items/server/render.ts';
import type { Db } from '#src/platform/server/db.ts';
import { card, noShow, type Card, type Picture, type Shown } from '../aid.ts';
import type { AidContent, ContentOf } from '../content.ts';
import { chartSvg } from './chart.ts';
import { decisionCards } from './decision.ts';
import { padded } from './markdown.ts';

interface Renderer {
	html(text: string): string;
	picture(src: string, alt: string): Picture | null;
}

/** Renders an aid as its writer may write it: what a page needs, once, when a version is saved. */
export async function show(db: Db, viewer: Viewer, title: string, content: AidContent): Promise<Shown> {
	const files = await filesIn(db, viewer, JSON.stringify(content));
	const renderer: Renderer = {
		html: (text) => (text ? renderMarkdown(text, { files }) : ''),
		picture(src, alt) {
			if (!src) return null;
			const found = files.get(src.split('/')[2]!.toLowerCase());
			return { src, alt, width: found?.width ?? null, height: found?.height ?? null };
		}
	};
	return { ...noShow, introHtml: renderer.html(content.intro), ...parts(content, title, renderer) };
}

function parts(content: AidContent, title: string, { html, picture }: Renderer): Partial<Shown> {
	switch (content.type) {
		case 'checklist':
			return { cards: inTurn(checklistCards(content, html)) };
		case 'steps':
			return {
				cards: inTurn(
					content.steps.map(({ title, text, image, alt }) =>
						card({ title, html: html(text), picture: picture(image, alt) })
					)
				)
			};
		case 'decision':
			return {
				cards: decisionCards(content, html),
				table: {
					columns: [...content.questions, 'Then'],
					rows: content.rules.map(({ when, then }) => [...padded(when, content.questions.length), then]),
					conditions: content.questions.length
				}
			};
		case 'flow':
			return { cards: flowCards(content), chart: chartSvg(content.nodes, `Flow chart: ${title}`) };
		case 'reference':
			return {
				table: {
					columns: content.columns,
					rows: content.rows.map((row) => padded(row, content.columns.length)),
					conditions: 0
				}
			};
		case 'template':
			return { template: content.text };
		case 'infographic':
			return { picture: picture(content.image, content.alt), html: html(content.text) };
		case 'screencast':
			return {
				video: content.video,
				cards: inTurn(content.steps.map(({ at, title, text }) => card({ title, html: html(text), at })))
			};
	}
}

/** Each leads to the one after it. */
const inTurn = (cards: Card[]): Card[] =>
	cards.map((each, index) => ({ ...each, next: index + 1 < cards.length ? index + 1 : null }));

function checklistCards({ items }: ContentOf<'checklist'>, html: Renderer['html']): Card[] {
	let under = '';
	return items.map(({ text, note, group }) => {
		under = group || under;
		return card({ title: text, html: html(note), group: under });
	});
}

function flowCards({ nodes }: ContentOf<'flow'>): Card[] {
	const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
	return nodes.map(({ text, next }) => {
		const [only] = next;
		const ways = next.map(({ to, label }) => ({ label, to: numbers.get(to)! }));
		return next.length === 1 && !only!.label
			? card({ title: text, next: numbers.get(only!.to)! })
			: card({ title: text, choices: ways });
	});
}
