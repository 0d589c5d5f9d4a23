import { createRequire } from 'node:module';
import type * as Canvases from '@napi-rs/canvas';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import type { Message } from './out.ts';
import { openPdf } from './pdf.ts';

/** Pages that are drawn, and how wide: a slide or a page that can be read on a phone and on a desk. */
const MOST_PAGES = 60;
const WIDTH = 960;
const TALLEST = 2000;

/** Draws the pages of a PDF, one after the other. @throws Unreadable where nothing can draw on this system */
export async function drawPages(path: string, send: (message: Message) => void): Promise<void> {
	const { createCanvas } = canvasLibrary();
	const pdf = await openPdf(path);
	for (let no = 1; no <= Math.min(pdf.numPages, MOST_PAGES); no += 1) {
		try {
			const page = await pdf.getPage(no);
			const natural = page.getViewport({ scale: 1 });
			const scale = Math.min(WIDTH / natural.width, TALLEST / natural.height);
			const viewport = page.getViewport({ scale });
			const canvas: Canvases.Canvas = createCanvas(
				Math.max(1, Math.round(viewport.width)),
				Math.max(1, Math.round(viewport.height))
			);
			await page.render({ canvas: canvas as never, viewport, background: 'white' }).promise;
			page.cleanup();
			const webp = (await canvas.encode('webp', 78)).toString('base64');
			send({ tell: 'picture', no, width: canvas.width, height: canvas.height, webp });
		} catch {
			// A page that cannot be drawn has its text.
		}
	}
}

function canvasLibrary(): typeof Canvases {
	try {
		return createRequire(import.meta.url)('@napi-rs/canvas') as typeof Canvases;
	} catch {
		throw new Unreadable('Nothing can draw pages on this system.');
	}
}
