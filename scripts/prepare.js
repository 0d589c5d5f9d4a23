/**
 * What every command needs before it can begin: packages as the lock names them, and a
 * build as new as its sources. Plain JavaScript without packages: it runs before any is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of the checkout; every command runs in it. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

/** The Node that runs the application's TypeScript: it comes with the packages. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Memory: on a large machine V8 would let garbage grow to what the machine has, and malloc
 * keeps a heap a thread. These bounds hold the application near what it really uses. Its middle compiler (Maglev) takes
 * 25 MB at once for large functions, which malloc keeps; without it pages are as fast.
 */
export const flags = [
	'--max-semi-space-size=4',
	'--max-old-space-size=512',
	'--heap-growing-percent=20',
	'--no-maglev',
	`--import=${pathToFileURL(join(root, 'scripts', 'mend.js'))}`
];
export const thrift = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || '2' };

/** `src/app/serve.ts` as it is built: it serves pages, does jobs or both. */
export const server = join(root, 'build', 'server', 'serve.js');

/** A program of a package, such as `vite`, as arguments for `node`. @param {string} name @param {string} file */
export const program = (name, file) => join(root, 'node_modules', name, file);

/** Installs the packages where they are missing or are others than the lock names. */
export function install() {
	if (installed()) return;
	console.log('Installing what Trellis is made of. This happens once and takes a minute or two.');
	const { command, args } = npm();
	const environment = { ...process.env, NODE_ENV: 'development', npm_config_loglevel: 'error' };
	const done = spawnSync(command, [...args, 'ci', '--include=dev'], { stdio: 'inherit', env: environment });
	if (done.status !== 0) leave('The packages could not be installed. Is the network there? Then try again.');
	if (!installed()) leave('The packages are not complete. Remove the folder node_modules and try again.');
}

/** Builds the pages when they are missing or a source is newer. */
export function build() {
	const built = join(root, 'build', 'handler.js');
	const sources = ['src', 'static', 'vite.config.ts', 'scripts/lighter.ts', 'package-lock.json'];
	if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map((source) => newest(join(root, source)))))
		return;
	console.log('Building the pages.');
	const done = spawnSync(node, [program('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'], {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, NODE_ENV: 'production' }
	});
	if (done.status !== 0) leave('The build failed; the lines above say where.');
}

/**
 * Runs a program in the place of this one: its signals, its exit code.
 * @param {string[]} args for `node` @param {Record<string, string>} [env] variables to add
 */
export function become(args, env = {}) {
	const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env } });
	for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
		process.on(signal, () => child.kill(signal));
	endWithNpm(() => child.kill('SIGTERM'));
	child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 137)));
}

/** When npm itself is killed nobody would stop the program any more, so it ends by itself. @param {() => void} end */
function endWithNpm(end) {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	setInterval(() => process.ppid !== parent && end(), 1000).unref();
}

/** Whether every package stands in node_modules as the lock names it; npm notes there what it put. */
function installed() {
	const note = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(note) || !existsSync(node)) return false;
	const there = packages(note);
	return Object.entries(packages(join(root, 'package-lock.json'))).every(
		([path, { version, optional, devOptional }]) =>
			path === '' || (there[path] ? there[path].version === version : optional || devOptional)
	);
}

/** @param {string} file @returns {Record<string, { version: string, optional?: boolean, devOptional?: boolean }>} */
const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** The npm that started this command, with the Node it runs on, else the one on the path. */
function npm() {
	const { npm_execpath: path, npm_node_execpath: runtime } = process.env;
	if (path && runtime && basename(path).startsWith('npm')) return { command: runtime, args: [path] };
	return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** The latest change in a file or folder, tests aside. @param {string} path @returns {number} */
function newest(path) {
	if (path.endsWith('.test.ts')) return 0;
	const { mtimeMs } = statSync(path);
	if (!statSync(path).isDirectory()) return mtimeMs;
	return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {string} sentence @returns {never} */
function leave(sentence) {
	console.error(sentence);
	process.exit(1);
}
