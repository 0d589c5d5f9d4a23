import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Message } from './parser/out.ts';
import { confined, giveWay } from './confine.ts';

/** What one parser process may use. */
export interface Limits {
	/** Seconds of the processor; eight times as many by the clock, for it gives way to all others. */
	seconds: number;
	/** Megabytes of JavaScript objects, and of all data together. */
	heap: number;
	data: number;
	/** Megabytes that it may tell in all. */
	output: number;
}

export const limits: Limits = { seconds: 120, heap: 320, data: 1024, output: 96 };

/** The parser ended before it was done; `message` is a sentence for people. */
export class ParserDied extends Error {
	constructor(sentence: string) {
		super(sentence);
		this.name = 'ParserDied';
	}
}

/** The only parser that runs in this process, so that it can be ended with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(kill));

export type Task = { task: 'text'; path: string; ending: string } | { task: 'pictures'; path: string };

/**
 * Runs a parser over a file, in a process of its own: of the lowest priority, without network,
 * with bounds of memory, time and output. Whatever becomes of it, this process lives on.
 * @yields what it tells, as it tells it; ends after `end` or `unreadable`
 * @throws ParserDied when it crashed, or was ended because it took too much
 */
export async function* runParser(work: Task, bounds: Limits = limits): AsyncGenerator<Message> {
	const child = start(work, bounds);
	const ended = once(child, 'close') as Promise<[number | null, string | null]>;
	let reason: string | undefined;
	const end = (sentence: string) => {
		reason ??= sentence;
		kill(child);
	};
	const clock = setTimeout(() => end('Reading it took too long, so it was stopped.'), bounds.seconds * 8000);
	const complaints = tail(child);
	let told = 0;
	child.stdout!.on('data', (chunk: Buffer) => {
		if ((told += chunk.length) > bounds.output * 1024 ** 2)
			end('It gave far more than a document holds, so it was stopped.');
	});
	try {
		for await (const line of createInterface({ input: child.stdout!, crlfDelay: Infinity })) {
			if (reason) break;
			const message = messageOf(line);
			yield message;
			if (message.tell === 'end' || message.tell === 'unreadable') return;
		}
		const [code, signal] = await ended;
		throw new ParserDied(reason ?? whyDied(code, signal, complaints()));
	} finally {
		clearTimeout(clock);
		kill(child);
		await ended;
		running.delete(child);
	}
}

function start(work: Task, { heap, data, seconds }: Limits): ChildProcess {
	const root = resolve('.');
	const program = resolve('src/library/documents/server/parser/main.ts');
	const readable = ['src', 'node_modules', 'package.json'].map((name) => resolve(root, name));
	const args = [
		`--max-old-space-size=${heap}`,
		'--max-semi-space-size=8',
		'--disallow-code-generation-from-strings',
		'--disable-warning=SecurityWarning',
		'--permission',
		...[...readable, work.path].map((path) => `--allow-fs-read=${path}`),
		// Drawing needs a library that is no JavaScript; reading does without.
		...(work.task === 'pictures' ? ['--allow-addons'] : []),
		program,
		work.task,
		work.path,
		...(work.task === 'text' ? [work.ending] : [])
	];
	const { command, args: all } = confined(process.execPath, args, { data, seconds });
	const child = spawn(command, all, {
		cwd: root,
		env: { PATH: process.env.PATH, LANG: 'C.UTF-8', MALLOC_ARENA_MAX: '2' },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true
	});
	running.add(child);
	giveWay(child);
	return child;
}

/** All of its group: it may have been started through others. */
function kill(child: ChildProcess): void {
	try {
		if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}

/** The end of what it complained. */
function tail(child: ChildProcess): () => string {
	let text = '';
	child.stderr!.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4000)));
	return () => text;
}

function whyDied(code: number | null, signal: string | null, complaint: string): string {
	if (/heap|memory|allocat/i.test(complaint) || code === 134 || signal === 'SIGABRT')
		return 'Reading it needed more memory than a document may use, so it was stopped.';
	if (signal === 'SIGXCPU') return 'Reading it took too long, so it was stopped.';
	return 'The file is damaged in a way that the reader could not bear.';
}

const text = z.string();
const block = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('heading'), level: z.int().min(1).max(6), text }),
	z.strictObject({ kind: z.literal('item'), level: z.int().min(0).max(8), text }),
	z.strictObject({ kind: z.literal('table'), head: z.boolean(), rows: z.array(z.array(text)) }),
	z.strictObject({ kind: z.enum(['text', 'code', 'notes', 'picture']), text })
]);
const part = z.strictObject({
	no: z.int().positive(),
	anchor: z.string().regex(/^[a-z]+(-[a-z]+|-\d+)*$/),
	locator: text,
	title: text,
	blocks: z.array(block)
});
const message = z.discriminatedUnion('tell', [
	z.strictObject({ tell: z.literal('about'), format: text, unit: z.enum(['page', 'slide', 'sheet', 'section']) }),
	z.strictObject({ tell: z.literal('part'), part }),
	z.strictObject({
		tell: z.literal('headings'),
		headings: z.array(z.strictObject({ title: text, level: z.int(), no: z.int() }))
	}),
	z.strictObject({ tell: z.literal('note'), text }),
	z.strictObject({ tell: z.literal('picture'), no: z.int(), width: z.int(), height: z.int(), webp: text }),
	z.strictObject({ tell: z.literal('cover'), content: text }),
	z.strictObject({ tell: z.literal('unreadable'), reason: text }),
	z.strictObject({ tell: z.literal('end') })
]) satisfies z.ZodType<Message>;

/** What comes from a parser is as little trusted as the file it reads. */
function messageOf(line: string): Message {
	try {
		return message.parse(JSON.parse(line));
	} catch {
		throw new ParserDied('The file is damaged in a way that the reader could not bear.');
	}
}
