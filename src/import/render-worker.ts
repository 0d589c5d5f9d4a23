/** A thread that turns imported texts into Markdown and HTML; see `render-pool.ts`. */
import { parentPort } from 'node:worker_threads';
import { cleanMarkdown } from '#src/core/import/clean.ts';
import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';
import type { Rendered, Source } from './render-pool.ts';
import { renderMarkdown } from '#src/core/items/server/render.ts';

export function renderSource({ html, markdown }: Source): Rendered {
	const source = markdown ?? htmlToMarkdown(html ?? '');
	const { text, cut } = cleanMarkdown(source);
	return { bodyMd: text, bodyHtml: renderMarkdown(text), cut };
}

parentPort?.on('message', ({ id, sources }: { id: number; sources: Source[] }) => {
	parentPort!.postMessage({ id, results: sources.map(renderSource) });
});
