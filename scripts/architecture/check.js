/**
 * `npm test -- architecture`: the floors hold, every rule that says so bites, and files
 * stay small enough to read (long ones are only listed).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import rules from './rules.js';

/** For each rule a house that breaks it: file → what it imports. @type {Record<string, Record<string, string>>} */
const broken = {
	'no-circle': { 'src/core/a/one.ts': './two.ts', 'src/core/a/two.ts': './one.ts' },
	'platform-knows-nothing-above': { 'src/platform/db.ts': '../core/items/read.ts', 'src/core/items/read.ts': '' },
	'core-knows-no-capability': { 'src/core/items/read.ts': '../../ask/index.ts', 'src/ask/index.ts': '' },
	'capabilities-meet-in-core': { 'src/ask/index.ts': '../library/index.ts', 'src/library/index.ts': '' },
	'ui-knows-no-capability': { 'src/ui/button.ts': '../ask/index.ts', 'src/ask/index.ts': '' },
	'app-knows-no-route': { 'src/app/wire.ts': '../routes/page.ts', 'src/routes/page.ts': '' },
	'tests-stay-outside': { 'src/ask/index.ts': '../testing/builders.ts', 'src/testing/builders.ts': '' }
};

const problems = [...(await violations(process.cwd())), ...(await toothless())];
for (const problem of problems) console.error(problem);
listLongFiles();
process.exit(problems.length > 0 ? 1 : 0);

/** @param {string} folder a checkout @returns {Promise<string[]>} one line for each import that breaks a rule */
async function violations(folder) {
	const { output } = await cruise(['src'], {
		...rules.options,
		baseDir: folder,
		ruleSet: { forbidden: rules.forbidden },
		validate: true
	});
	if (typeof output === 'string') throw new Error(output);
	return output.summary.violations.map(
		({ rule, from, to, comment }) => `${rule.name}: ${from} imports ${to}. ${comment ?? ''}`
	);
}

/** @returns {Promise<string[]>} a line for each rule that lets its broken house pass */
async function toothless() {
	const lines = [];
	for (const { name } of rules.forbidden) {
		const found = broken[name] ? await violationsOf(broken[name]) : [];
		if (!found.some((line) => line.startsWith(`${name}: `))) lines.push(`The rule ${name} does not bite.`);
	}
	return lines;
}

/** @param {Record<string, string>} files */
async function violationsOf(files) {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-house-'));
	try {
		for (const [path, imported] of Object.entries(files)) {
			mkdirSync(join(folder, dirname(path)), { recursive: true });
			writeFileSync(join(folder, path), imported ? `import '${imported}';\n` : 'export {};\n');
		}
		return await violations(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function listLongFiles() {
	const long = readdirSync('src', { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.(ts|svelte)$/.test(path))
		.map((path) => ({ path, lines: readFileSync(join('src', path), 'utf8').split('\n').length }))
		.filter(({ lines }) => lines > 300)
		.sort((a, b) => b.lines - a.lines);
	for (const { path, lines } of long) console.log(`src/${path} has ${lines} lines: could it be two rooms?`);
}
