/** A process of a pool that misbehaves in the way it is told to. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { serveWork } from '#src/platform/server/process-pool.ts';

const ways: Record<string, (word: string) => unknown> = {
	echo: (word) => ({ word, pid: process.pid }),
	wait: (word) => new Promise((done) => setTimeout(() => done({ word, pid: process.pid }), 50)),
	fail: (word) => {
		throw new Error(word);
	},
	hang: () => {
		for (;;);
	},
	fill: () => {
		const all: string[][] = [];
		for (;;) all.push(Array.from({ length: 100_000 }, (_, index) => `${index}-${all.length}`));
	},
	quit: () => process.exit(3),
	write: (path) => writeFileSync(path, 'x'),
	start: () => execFileSync('id')
};

serveWork(({ way, word }: { way: string; word: string }) => ways[way]!(word));
