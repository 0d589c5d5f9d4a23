/** The program behind `npm run trellis`: finds the command, reads its options, carries it out. */
import { parseArgs } from 'node:util';
import { StartError } from '#src/platform/server/config.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { UsageError, type Command } from './commands/command.ts';
import { commands } from './commands/index.ts';

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 done, 1 failed, 2 called in a wrong way, 130 interrupted */
async function main(words: string[]): Promise<number> {
	if (words.length === 0 || ['help', '--help', '-h'].includes(words[0]!)) return help(words.slice(1));
	const name = Object.keys(commands).find((name) => words.slice(0, name.split(' ').length).join(' ') === name);
	if (!name) return complain(`There is no command "${words.join(' ')}".`);
	const { command } = await commands[name]!.load();
	const interrupt = new AbortController();
	process.once('SIGINT', () => interrupt.abort());
	process.once('SIGTERM', () => interrupt.abort());
	try {
		const { values, positionals } = readWords(command, words.slice(name.split(' ').length));
		if (values.help) return help(name.split(' '));
		await command.run({ values, positionals, signal: interrupt.signal });
		return interrupt.signal.aborted ? 130 : 0;
	} catch (error) {
		if (error instanceof UsageError) return complain(error.message, `${name} ${command.usage}`);
		if (error instanceof StartError || error instanceof Failure) console.error(error.message);
		else console.error(error);
		return error instanceof StartError ? error.exitCode : 1;
	}
}

function readWords(command: Command, words: string[]) {
	try {
		const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
		const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
		return { values: values as Record<string, string | boolean | undefined>, positionals };
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

async function help(words: string[]): Promise<number> {
	const name = words.join(' ');
	const asked = commands[name];
	if (name && !asked) return complain(`There is no command "${name}".`);
	if (asked) {
		const { command } = await asked.load();
		console.log(`${asked.summary}\n\n  npm run trellis -- ${name} ${command.usage}\n\n${command.help}`);
		return 0;
	}
	const width = Math.max(...Object.keys(commands).map((each) => each.length));
	console.log('What Trellis does from the command line: npm run trellis -- <command>\n');
	for (const [each, { summary }] of Object.entries(commands)) console.log(`  ${each.padEnd(width)}  ${summary}`);
	console.log('\nMore on one: npm run trellis -- help <command>');
	return 0;
}

function complain(message: string, usage?: string): number {
	console.error(message);
	console.error(usage ? `Usage: npm run trellis -- ${usage}` : 'See: npm run trellis -- help');
	return 2;
}
