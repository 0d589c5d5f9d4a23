/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { program } from './prepare.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
	...(process.env.PATH ?? '').split(':').flatMap((folder) => names.map((name) => `${folder}/${name}`)),
	'/usr/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/**
 * The path of a browser: the one TRELLIS_BROWSER names, an installed one, Debian's, or Playwright's.
 * @param {string} node @returns {string | undefined} undefined when none can be had here
 */
export function findBrowser(node) {
	return process.env.TRELLIS_BROWSER || places.find(existsSync) || fromDebian() || fromPlaywright(node);
}

function fromDebian() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	console.log('Installing Chromium for the browser tests.');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
		if (spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status !== 0)
			return undefined;
	}
	return places.find(existsSync);
}

/** @param {string} node */
function fromPlaywright(node) {
	console.log('Downloading a browser for the browser tests.');
	const cli = program('playwright-core', 'cli.js');
	if (spawnSync(node, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
		return undefined;
	const print = "console.log((await import('playwright-core')).chromium.executablePath())";
	const path = spawnSync(node, ['--input-type=module', '-e', print], { encoding: 'utf8' }).stdout.trim();
	return existsSync(path) ? path : undefined;
}
