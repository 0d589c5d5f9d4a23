import { gzipSync } from 'node:zlib';
import { chromium, type BrowserContext } from 'playwright-core';
import { findBrowser } from '../scripts/browser.js';
import { node } from '../scripts/prepare.js';
import { fillQuestion } from './lib/fill.ts';
import { median } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST = { scriptKb: 60, styleKb: 20, paintMs: 1200 };
/** A mid-range phone on a slow mobile network. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWDOWN = 4;

interface Load {
	script: number;
	stylesheet: number;
	paintMs: number;
}

/** Opens the page as on a first visit. @returns bytes as they travel compressed, and when the largest part was painted */
async function firstLoad(context: BrowserContext, url: string): Promise<Load> {
	const page = await context.newPage();
	const wire = await context.newCDPSession(page);
	await wire.send('Network.enable');
	await wire.send('Network.emulateNetworkConditions', NETWORK);
	await wire.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
	const bytes = { script: 0, stylesheet: 0 };
	const reading: Promise<void>[] = [];
	page.on('response', (answer) => {
		const kind = answer.request().resourceType();
		if (kind !== 'script' && kind !== 'stylesheet') return;
		reading.push(answer.body().then((body) => void (bytes[kind] += gzipSync(body).length)));
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	await Promise.all(reading);
	// A text, as Playwright runs it in the page, where the types of Node do not hold.
	const paintMs = (await page.evaluate(`new Promise((done) => new PerformanceObserver((list) =>
		done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`)) as number;
	await page.close();
	return { ...bytes, paintMs };
}

export default {
	name: 'first-load',
	target: `≤ ${MOST.scriptKb} KB of scripts, ${MOST.styleKb} KB of styles, ${MOST.paintMs / 1000} s to the largest paint`,
	async run({ full }) {
		const trellis = await startTrellis();
		const browser = await chromium.launch({
			executablePath: findBrowser(node),
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
		});
		try {
			const { questionId, cookie } = await fillQuestion(trellis.databaseUrl);
			const [name, value] = cookie.split('=') as [string, string];
			const loads: Load[] = [];
			for (let n = 0; n < (full ? 9 : 5); n += 1) {
				const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
				await context.addCookies([{ name, value, url: trellis.url }]);
				loads.push(await firstLoad(context, `${trellis.url}/questions/${questionId}`));
				await context.close();
			}
			console.log(`Largest paint: ${loads.map(({ paintMs }) => Math.round(paintMs)).join(', ')} ms`);
			const script = loads[0]!.script / 1024;
			const style = loads[0]!.stylesheet / 1024;
			const paint = median(loads.map(({ paintMs }) => paintMs));
			return {
				figure: `${script.toFixed(1)} KB, ${style.toFixed(1)} KB, ${(paint / 1000).toFixed(2)} s`,
				ok: script > 0 && script <= MOST.scriptKb && style <= MOST.styleKb && paint <= MOST.paintMs
			};
		} finally {
			await browser.close();
			await trellis.stop();
		}
	}
} satisfies Measure;
