/** `node scripts/icons.js`: draws the PNG icons in static/ from static/favicon.svg, after the mark has changed. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

const mark = readFileSync('static/favicon.svg', 'utf8');
const green = /<rect[^>]*fill="([^"]+)"/.exec(mark)?.[1] ?? '#000';
/** Without the round corners: systems cut the shape themselves, and may take a fifth off each side. */
const square = mark.replace(' rx="8"', '');

for (const size of [192, 512]) await draw(mark, size, `icon-${size}`);
await draw(square, 180, 'apple-touch-icon');
await sharp({ create: { width: 512, height: 512, channels: 3, background: green } })
	.composite([{ input: await sharp(Buffer.from(square), { density: 900 }).resize(400).png().toBuffer() }])
	.png({ compressionLevel: 9, palette: true })
	.toFile('static/icon-maskable-512.png');

/** @param {string} svg @param {number} size @param {string} name */
async function draw(svg, size, name) {
	await sharp(Buffer.from(svg), { density: 900 })
		.resize(size)
		.png({ compressionLevel: 9, palette: true })
		.toFile(`static/${name}.png`);
}
