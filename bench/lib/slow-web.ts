/** A web server for `bench/links.ts`: articles of usual weight, each after the time a page takes to come. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const delay = Number(process.env.DELAY);
const words = ['weighing', 'packing', 'sorting', 'counting', 'sealing', 'stacking', 'labelling', 'checking'];
const around =
	'<div class="menu"><ul>' + '<li><a href="/other"><span>Another page</span></a></li>'.repeat(120) + '</ul></div>';
const script = `<script>${'var data = [1, 2, 3, 4, 5, 6, 7, 8]; '.repeat(600)}</script>`;

function article(url: string): string {
	const paragraph = (index: number) =>
		`<p>${words.map((word) => `For ${url}, ${word} comes in step ${index}, and whoever does it looks twice at the list.`).join(' ')}</p>`;
	const text = Array.from({ length: 14 }, (_, index) => paragraph(index)).join('');
	return `<!doctype html><html lang="en"><head><title>About ${url}</title>${script}</head><body>${around}<article><h1>About ${url}</h1>${text}</article>${around}</body></html>`;
}

const server = createServer(async (request, response) => {
	const page = article(request.url!);
	await wait(delay);
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.once('SIGTERM', () => process.exit(0));
