/**
 * `npm test`: all that must hold, in the order in which it fails fastest. Names of steps
 * run only these: `npm test -- types unit`. Ends in the line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findBrowser } from './browser.js';
import { build, install, node, program } from './prepare.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Record<string, () => Count>} */
const steps = {
	types: () =>
		one(
			run([program('@sveltejs/kit', 'svelte-kit.js'), 'sync']) &&
				run([
					program('svelte-check', 'bin/svelte-check'),
					'--tsconfig',
					'./tsconfig.json',
					'--output',
					'human',
					'--threshold',
					'error'
				]) &&
				// The service worker lives in another world than pages and server.
				run([program('typescript', 'bin/tsc'), '-p', 'src/service-worker'])
		),
	lint: () => one(run([program('eslint', 'bin/eslint.js'), '--max-warnings', '0', '.'])),
	architecture: () => one(run(['scripts/architecture/check.js'])),
	unit: () => vitest('unit'),
	browser: () => {
		const browser = findBrowser(node);
		if (!browser) {
			console.error('The browser tests need Chromium or Chrome: install one, or set TRELLIS_BROWSER to its path.');
			return one(false);
		}
		build();
		return vitest('browser', { TRELLIS_BROWSER: browser });
	}
};

install();
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in steps));
if (unknown) {
	console.error(`No step is called ${unknown}. Steps: ${Object.keys(steps).join(', ')}.`);
	process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of Object.entries(steps)) {
	if (asked.length > 0 && !asked.includes(name)) continue;
	const begin = Date.now();
	console.log(`\n— ${name}`);
	const count = step();
	for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += count[key];
	console.log(`${count.failed ? '✗' : '✓'} ${name}, ${Math.round((Date.now() - begin) / 1000)} s`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** @param {boolean} ok @returns {Count} */
function one(ok) {
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** @param {string[]} args @param {Record<string, string>} [env] */
function run(args, env = {}) {
	return (
		spawnSync(node, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status === 0
	);
}

/** Runs one project of vitest.config.ts. @param {string} project @param {Record<string, string>} [env] @returns {Count} */
function vitest(project, env = {}) {
	const report = `test-results/${project}.json`;
	mkdirSync('test-results', { recursive: true });
	rmSync(report, { force: true });
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const ok = run(
		[program('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...reporters],
		env
	);
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
