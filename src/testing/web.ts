import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { safeFetch, type Allowance, type Fetch } from '#src/platform/server/safe-fetch.ts';

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A web of its own for a test file: real servers under names that only the test knows. */
export interface TestWeb {
	/** Lets its one address through, and knows its names. */
	allowance: Allowance;
	/** Fetches from it at once. */
	fetch: Fetch;
	/** What stands at a path, by `host/path`; HTML, or a function that answers. */
	pages: Map<string, Answer>;
	/** What was asked for, in order. */
	asked: string[];
	url(place: string): string;
}

/** Starts it; call and await it at the top of the file. What is not in `pages` is a 404. */
export async function testWeb(): Promise<TestWeb> {
	const pages = new Map<string, Answer>();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const place = `${request.headers.host!.replace(/:\d+$/, '')}${request.url}`;
		asked.push(place);
		const answer = pages.get(place) ?? pages.get(place.replace(/\?.*$/, ''));
		if (typeof answer === 'function') answer(request, response);
		else
			response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	const allowance: Allowance = {
		allow: (address, to) => address === '127.0.0.1' && to === port,
		resolve: (host) =>
			Promise.resolve(host.endsWith('.inside') ? ['10.0.0.1'] : host.endsWith('.nowhere') ? [] : ['127.0.0.1'])
	};
	return {
		...{ pages, asked, allowance },
		url: (place) => `http://${place.replace(/^[^/]+/, (host) => `${host}:${port}`)}`,
		fetch: (url, options) => safeFetch(url, options, allowance)
	};
}

/** An article of some length. @param about stands in each sentence, so that two articles differ */
export function anArticle(about: string, { title = `All about ${about}`, head = '', paragraphs = 6 } = {}): string {
	const words = ['weighing', 'packing', 'sorting', 'counting', 'sealing', 'stacking', 'labelling', 'checking'];
	const paragraph = (index: number) =>
		`<p>${words.map((word) => `When ${about} matters, ${word} comes in step ${index + 1}, and whoever does it looks twice at the ${word} list.`).join(' ')}</p>`;
	return `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><nav><a href="/">Home</a></nav>
		<article><h1>${title}</h1>${Array.from({ length: paragraphs }, (_, index) => paragraph(index)).join('')}</article></body></html>`;
}
