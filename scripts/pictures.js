/**
 * `node scripts/pictures.js`: takes the pictures of docs/pictures from the example organisation.
 * `node scripts/pictures.js FOLDER ADDRESS…` looks at any pages instead, light and dark, wide and narrow.
 * Works on the build that is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.js';
import { server as program } from './prepare.js';
import { PASSWORD, people } from '#src/demo/content/people.ts';
import { address } from '#src/demo/organisation.ts';

/** @typedef {{ name: string, address: string, width: number, height: number, colorScheme: 'light' | 'dark', whole?: boolean }} Picture */

const [folder = 'docs/pictures', ...addresses] = process.argv.slice(2);
const admin = /** @type {typeof people[number]} */ (people.find(({ role }) => role === 'admin') ?? people[0]);

const data = mkdtempSync(join(tmpdir(), 'trellis-pictures-'));
const env = {
	...process.env,
	DATA_DIR: data,
	DATABASE_URL: '',
	ORIGIN: '',
	PORT: process.env.PORT ?? '0',
	LOG_LEVEL: 'error'
};
spawnSync(process.execPath, ['src/app/cli.ts', 'demo'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
const server = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await chromium.launch({
	executablePath: findBrowser(process.execPath),
	args: ['--no-sandbox', '--disable-gpu']
});
try {
	const url = await ready();
	const storageState = await signIn(url);
	mkdirSync(folder, { recursive: true });
	for (const picture of addresses.length > 0 ? addresses.flatMap(everyLook) : await forReaders(url, storageState))
		await take(picture, url, storageState);
} finally {
	await browser.close();
	const exited = new Promise((done) => server.once('exit', done));
	server.kill('SIGTERM');
	await exited;
	rmSync(data, { recursive: true, force: true });
}

/** @returns {Promise<string>} where the application listens */
function ready() {
	return new Promise((done, fail) => {
		server.stdout.on('data', (chunk) => {
			const found = /Trellis is ready at (\S+)/.exec(String(chunk));
			if (found?.[1]) done(found[1]);
		});
		server.once('exit', (code) => fail(new Error(`The application ended with ${code}.`)));
	});
}

/** @param {string} url */
async function signIn(url) {
	const context = await browser.newContext({ baseURL: url });
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.locator('input[name=email]').fill(address(admin.key));
	await page.locator('input[name=password]').first().fill(PASSWORD);
	await page.locator('input[name=password]').first().press('Enter');
	await page.waitForURL((at) => at.pathname === '/');
	const state = await context.storageState();
	await context.close();
	return state;
}

/** @param {string} url @param {import('playwright-core').BrowserContextOptions['storageState']} storageState @returns {Promise<Picture[]>} */
async function forReaders(url, storageState) {
	const context = await browser.newContext({ baseURL: url, storageState });
	const page = await context.newPage();
	await page.goto('/questions');
	const question = await page.locator('main a[href^="/questions/0"]').first().getAttribute('href');
	await context.close();
	const look = { width: 1280, height: 860, colorScheme: /** @type {const} */ ('light') };
	return [
		{ ...look, name: 'question', address: question ?? '/questions' },
		{ ...look, name: 'question-dark', address: question ?? '/questions', colorScheme: 'dark' },
		{ ...look, name: 'question-phone', address: question ?? '/questions', width: 390, height: 844 },
		{ ...look, name: 'questions', address: '/questions' },
		{ ...look, name: 'home', address: '/' }
	];
}

/** @param {string} address @returns {Picture[]} */
function everyLook(address) {
	const name = address.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
	const wide = { address, width: 1280, height: 900, whole: true };
	const narrow = { address, width: 390, height: 844, whole: true };
	return [
		{ ...wide, name: `${name}-light`, colorScheme: 'light' },
		{ ...wide, name: `${name}-dark`, colorScheme: 'dark' },
		{ ...narrow, name: `${name}-light-phone`, colorScheme: 'light' },
		{ ...narrow, name: `${name}-dark-phone`, colorScheme: 'dark' }
	];
}

/** @param {Picture} picture @param {string} url @param {import('playwright-core').BrowserContextOptions['storageState']} storageState */
async function take({ name, address, width, height, colorScheme, whole }, url, storageState) {
	const context = await browser.newContext({
		baseURL: url,
		storageState,
		viewport: { width, height },
		colorScheme,
		deviceScaleFactor: whole ? 1 : 2
	});
	const page = await context.newPage();
	await page.goto(address);
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
	await context.close();
	console.log(join(folder, `${name}.png`));
}
