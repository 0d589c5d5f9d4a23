import type { ParseArgsConfig } from 'node:util';

/** One command of the command line; its file exports it as `command`. */
export interface Command {
	/** What follows the name: `<folder> [--space slug]`. */
	usage: string;
	/** What each option does, and an example. */
	help: string;
	options: NonNullable<ParseArgsConfig['options']>;
	run(call: Call): Promise<void>;
}

export interface Call {
	values: Record<string, string | boolean | undefined>;
	positionals: string[];
	/** Set when somebody presses Ctrl-C: finish what is begun and stop. */
	signal: AbortSignal;
}

/** The command was called in a wrong way: shown with its usage, exit code 2. */
export class UsageError extends Error {}

/** The one word a command needs, such as a folder. */
export function onlyWord({ positionals }: Call, what: string): string {
	if (positionals.length === 0) throw new UsageError(`Name ${what}.`);
	if (positionals.length > 1)
		throw new UsageError(`One ${what.replace(/^(a|the) /, '')} at a time: ${positionals.join(', ')}`);
	return positionals[0]!;
}

/** An option that takes a text, if it was given. */
export function textOption({ values }: Call, name: string): string | undefined {
	const value = values[name];
	return typeof value === 'string' ? value : undefined;
}
