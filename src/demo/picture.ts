import sharp from 'sharp';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';

const INK = '#25221d';

/** Shapes to draw with, all in one hand. */
export const draw = {
	box: (x: number, y: number, width: number, height: number, fill = '#fffefb') =>
		`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${fill}" stroke="${INK}" stroke-width="5"/>`,
	disc: (x: number, y: number, radius: number, fill = '#fffefb') =>
		`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" stroke="${INK}" stroke-width="5"/>`,
	line: (d: string, colour = INK) =>
		`<path d="${d}" fill="none" stroke="${colour}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>`,
	arrow: (x: number, y: number, degrees: number) =>
		`<path d="M-45 0H35M10 -25L38 0L10 25" transform="translate(${x} ${y}) rotate(${degrees})" fill="none" stroke="#1d6b50" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`,
	words: (x: number, y: number, text: string, size = 30) =>
		`<text x="${x}" y="${y}" font-family="DejaVu Sans, Liberation Sans, sans-serif" font-size="${size}" text-anchor="middle" fill="${INK}">${text}</text>`
};

/** Draws a picture and keeps it as somebody's upload. @returns its address */
export async function drawn(
	tx: Db,
	viewer: Viewer,
	name: string,
	shapes: string[],
	[width, height] = [640, 400]
): Promise<string> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#faf3e3"/>${shapes.join('')}</svg>`;
	const content = await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
	return fileAddress(await storeFile(tx, viewer, { name, content }, { limited: false }));
}
