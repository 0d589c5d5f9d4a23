/** What `npm run bench` and `npm run fault` share: find the measures of a folder, run one, say how it went. */
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A measure that has a target: `export default { … } satisfies Measure` in a file of its name. */
export interface Measure {
	name: string;
	/** The target in words, such as 'at most 3 s'. */
	target: string;
	/** @param options `full`: take the time it needs; else stay under a minute */
	run(options: { full: boolean }): Promise<{ figure: string; ok: boolean }>;
}

/** Runs the measure that the arguments name and exits: 0 when it meets its target. Without a name, lists all. */
export async function main(folder: string, words: string[]): Promise<void> {
	const full = words.includes('--full');
	const name = words.find((word) => !word.startsWith('--'));
	const names = readdirSync(folder)
		.filter((file) => file.endsWith('.ts') && file !== 'run.ts')
		.map((file) => file.slice(0, -3));
	if (!name) {
		for (const each of names) console.log(`${each.padEnd(24)} ${(await load(folder, each)).target}`);
		return;
	}
	if (!names.includes(name)) {
		console.error(`There is no ${name}. There are: ${names.join(', ')}.`);
		process.exit(2);
	}
	const measure = await load(folder, name);
	console.log(machine());
	const { figure, ok } = await measure.run({ full });
	console.log(`${name} ${figure} ${measure.target} ${ok ? 'ok' : 'short'}`);
	process.exit(ok ? 0 : 1);
}

async function load(folder: string, name: string): Promise<Measure> {
	return ((await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { default: Measure }).default;
}

/** What the figures were measured on. */
export function machine(): string {
	const cores = cpus();
	return `${cores.length} × ${cores[0]?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}`;
}
