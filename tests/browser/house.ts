import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { organisation } from '#src/core/people/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { aCookie } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { server as program } from '../../scripts/prepare.js';

export interface PageOptions extends BrowserContextOptions {
	/** Stays open until the file's last test, for tests that only look: the next need not open one. */
	stays?: boolean;
}

export interface House {
	url: string;
	db: Db;
	/** A page of somebody without an account. */
	page(options?: PageOptions): Promise<Page>;
	/** A page of a person who has signed in. */
	signedIn(person: { id: string }, options?: PageOptions): Promise<Page>;
	/** Takes back complaints of the browser that a test has caused on purpose. */
	forgive(complaint: RegExp): void;
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const READY = /^Trellis is ready at (\S+)/;

/**
 * The built application on a database of its own, and a browser to look at it. Console
 * errors, broken scripts and what the content security policy refused fail the test in
 * which they happen. Await it at the top of a file in tests/browser.
 * @example
 * const house = await openHouse();
 * const page = await house.signedIn(await aPerson(house.db));
 */
export async function openHouse(): Promise<House> {
	const { db, url: databaseUrl } = await testDatabase();
	await db.insert(organisation).values({ name: 'Harbour Works' }).onConflictDoNothing();
	const folder = mkdtempSync(join(tmpdir(), 'trellis-browser-'));
	// What tests write has its files where the application looks for them.
	openFiles({ DATA_DIR: folder });
	const server = launch(databaseUrl, folder);
	const browser = await chromium.launch({
		executablePath: process.env.TRELLIS_BROWSER || '/usr/bin/chromium',
		args: FLAGS
	});
	const troubles: string[] = [];
	const staying = new Set<BrowserContext>();
	const url = await addressOf(server);
	afterEach(async () => {
		const passing = browser.contexts().filter((context) => !staying.has(context));
		await Promise.all(passing.map((context) => context.close()));
		expect(troubles.splice(0), 'what the browser complained of').toEqual([]);
	});
	afterAll(async () => {
		await browser.close();
		await ended(server);
		rmSync(folder, { recursive: true, force: true });
	});
	const page = async ({ stays, ...options }: PageOptions = {}) => {
		const opened = await open(browser, { baseURL: url, ...options }, troubles);
		if (stays) staying.add(opened.context());
		return opened;
	};
	return {
		...{ url, db, page },
		async signedIn({ id }, options) {
			const opened = await page(options);
			await opened.context().addCookies([{ ...(await aCookie(db, id)), url }]);
			return opened;
		},
		forgive(complaint) {
			troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !complaint.test(trouble)));
		}
	};
}

function launch(databaseUrl: string, folder: string): ChildProcess {
	const env = {
		...process.env,
		DATABASE_URL: databaseUrl,
		DATA_DIR: folder,
		PORT: '0',
		ORIGIN: '',
		LOG_LEVEL: 'error'
	};
	return spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Waits for the line that says where the application listens. */
function addressOf(server: ChildProcess): Promise<string> {
	return new Promise((done, fail) => {
		let said = '';
		server.stderr!.on('data', (chunk) => (said += chunk));
		createInterface(server.stdout!).on('line', (line) => {
			said += `${line}\n`;
			const found = READY.exec(line);
			if (found) done(found[1]!);
		});
		server.once('exit', (code) => fail(new Error(`The application ended with ${code}:\n${said}`)));
	});
}

async function ended(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null) return;
	const exit = new Promise((done) => server.once('exit', done));
	server.kill('SIGTERM');
	await exit;
}

async function open(browser: Browser, options: BrowserContextOptions, troubles: string[]): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
	const page = await context.newPage();
	page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
	page.on('console', (message) => {
		// The browser itself reports each answer of 400 and above; which answers are right is for the test to say.
		if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
			troubles.push(`${page.url()}: ${message.text()}`);
	});
	return page;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose findings depend on colours alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds on a page, one line a finding with the elements it means; nothing is what it should be.
 * @param only `colours`: where the page has been looked at in other colours, and nothing else has changed
 * @example expect(await axe(page)).toEqual([]);
 */
export async function axe(page: Page, only?: 'colours'): Promise<string[]> {
	if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
	const runOnly = only ? { type: 'rule', values: COLOUR_RULES } : { type: 'tag', values: RULES };
	return page.evaluate(
		async (options) => {
			// A colour on its way from light to dark is neither.
			// Neither is waited for longer than this: a page that is not painted has no frames, and what rests does not end.
			const atMost = (work: Promise<unknown>) => Promise.race([work, new Promise((done) => setTimeout(done, 3000))]);
			await atMost(new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
			const passing = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
			await atMost(Promise.allSettled(passing.map(({ finished }) => finished)));
			const { axe } = window as unknown as { axe: { run(on: Document, options: object): Promise<AxeResults> } };
			const { violations } = await axe.run(document, options);
			return violations.map(({ id, help, nodes }) => {
				const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`);
				return `${id}: ${help}\n  ${where.join('\n  ')}`;
			});
		},
		{ runOnly, resultTypes: ['violations'] }
	);
}

/** By how many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
