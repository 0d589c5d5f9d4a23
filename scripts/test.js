/**
 * `npm test`: all that must hold, in the order in which it fails fastest. Names of steps
 * run only these: `npm test -- types unit`. Ends in the line `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.js';
import { build, install, node, program, root } from './prepare.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @typedef {((text: string | Buffer) => void) | undefined} Out who is told what a step says: its reader at once when nobody */

/** @type {Record<string, (out: Out) => Promise<Count>>} */
const steps = {
	types: async (out) =>
		one(
			(await run(out, [program('@sveltejs/kit', 'svelte-kit.js'), 'sync'])) &&
				(await run(out, [
					program('svelte-check', 'bin/svelte-check'),
					'--tsconfig',
					'./tsconfig.json',
					'--output',
					'human',
					'--threshold',
					'error'
				])) &&
				// The service worker lives in another world than pages and server.
				(await run(out, [program('typescript', 'bin/tsc'), '-p', 'src/service-worker']))
		),
	lint: async (out) => one(await run(out, [program('eslint', 'bin/eslint.js'), '--max-warnings', '0', '.'])),
	architecture: async (out) => one(await run(out, ['scripts/architecture/check.js'])),
	unit: (out) => vitest(out, 'unit'),
	browser: async (out) => {
		const browser = findBrowser(node);
		if (!browser) {
			console.error('The browser tests need Chromium or Chrome: install one, or set TRELLIS_BROWSER to its path.');
			return one(false);
		}
		build();
		return vitest(out, 'browser', { TRELLIS_BROWSER: browser });
	}
};

/** Steps that use one processor run beside each other; the tests use all there are. */
const turns = [['types', 'lint', 'architecture'], ['unit'], ['browser']];

install();
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in steps));
if (unknown) {
	console.error(`No step is called ${unknown}. Steps: ${Object.keys(steps).join(', ')}.`);
	process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const turn of turns) {
	const names = turn.filter((name) => asked.length === 0 || asked.includes(name));
	const counts = await Promise.all(names.map((name) => (names.length > 1 ? heldBack(name) : told(name))));
	for (const count of counts)
		for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += count[key];
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** A step whose words are shown while it runs. @param {string} name @returns {Promise<Count>} */
async function told(name) {
	console.log(`\n— ${name}`);
	return timed(name, undefined);
}

/** A step that runs beside others: its words are shown in one piece at its end. @param {string} name @returns {Promise<Count>} */
async function heldBack(name) {
	/** @type {(string | Buffer)[]} */
	const words = [];
	return timed(
		name,
		(text) => words.push(text),
		() => {
			console.log(`\n— ${name}`);
			for (const each of words) process.stdout.write(each);
		}
	);
}

/** @param {string} name @param {Out} out @param {() => void} [before] told before the result is @returns {Promise<Count>} */
async function timed(name, out, before = () => {}) {
	const begin = Date.now();
	const count = await /** @type {(out: Out) => Promise<Count>} */ (steps[name])(out);
	before();
	console.log(`${count.failed ? '✗' : '✓'} ${name}, ${Math.round((Date.now() - begin) / 1000)} s`);
	return count;
}

/** @param {boolean} ok @returns {Count} */
function one(ok) {
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** @param {Out} out @param {string[]} args @param {Record<string, string>} [env] */
async function run(out, args, env = {}) {
	// What one process has compiled the next ones take as it is: files, workers and applications load the same modules.
	const all = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env, ...env };
	const say = out ? 'pipe' : 'inherit';
	const child = spawn(node, args, { stdio: ['ignore', say, say], env: all });
	if (out) for (const stream of [child.stdout, child.stderr]) stream?.on('data', out);
	const [code] = await once(child, 'close');
	return code === 0;
}

/** Runs one project of vitest.config.ts. @param {Out} out @param {string} project @param {Record<string, string>} [env] @returns {Promise<Count>} */
async function vitest(out, project, env = {}) {
	const report = `test-results/${project}.json`;
	mkdirSync('test-results', { recursive: true });
	rmSync(report, { force: true });
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const args = [program('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...reporters];
	const ok = await run(out, args, env);
	try {
		return counted(JSON.parse(readFileSync(report, 'utf8')), ok);
	} catch {
		return one(ok);
	}
}

/**
 * A file that could not be loaded, and a run that failed outside any test, count as one failure each.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} report
 * @param {boolean} ok @returns {Count}
 */
function counted(report, ok) {
	const broken = report.testResults.filter(
		(file) => file.status === 'failed' && file.assertionResults.length === 0
	).length;
	const failed = report.numFailedTests + broken;
	return { passed: report.numPassedTests, failed: failed || (ok ? 0 : 1), skipped: report.numPendingTests };
}
