import { posix } from 'node:path';
import { leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import type { Zip } from '#src/platform/server/zip.ts';
import { noMedia, NotCarried, type Carried, type Media, type MediaOf } from '../carried.ts';
import { TextReader } from '../text.ts';
import { readItem } from './item.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { itemsIn } from './names.ts';

/** Reads items of QTI 2 or 3 that stand in a file by themselves. */
export async function* readItems(content: AsyncIterable<Buffer>, report: FileReport): AsyncGenerator<Carried> {
	const texts = new TextReader(report);
	for await (const item of itemsIn(content, 'assessmentItem'))
		yield* carry({ item, file: '', objective: '', media: noMedia, texts, report });
}

/** Reads the items of a package in the order of its test, or else of its manifest. */
export async function* readPackage(zip: Zip, report: FileReport): AsyncGenerator<Carried> {
	const texts = new TextReader(report);
	const manifest = await readManifest(zip, report);
	for (const { path, objective } of inOrder(manifest)) {
		const media = mediaOf(zip, posix.dirname(path));
		try {
			if (!zip.has(path)) throw new Unreadable('the package names this file, but does not hold it');
			for await (const item of itemsIn(zip.open(path), 'assessmentItem'))
				yield* carry({ item, file: path, objective, media, texts, report });
		} catch (error) {
			if (!(error instanceof Unreadable)) throw error;
			report.read += 1;
			skip(report, { line: 0, what: path.slice(-120), reason: error.message });
		}
	}
	if (manifest.rules.size > 0) for (const rule of manifest.rules) leaveOut(report, rule);
}

function* carry(given: Parameters<typeof readItem>[0]): Generator<Carried> {
	given.report.read += 1;
	try {
		yield readItem(given);
	} catch (error) {
		if (!(error instanceof NotCarried)) throw error;
		skip(given.report, { ...given.texts.where, reason: error.message });
	}
}

function inOrder({ items, sections }: Manifest): { path: string; objective: string }[] {
	const asked = [...sections].filter(([path]) => items.has(path)).map(([path, objective]) => ({ path, objective }));
	const named = new Set(asked.map(({ path }) => path));
	return [...asked, ...[...items].filter((path) => !named.has(path)).map((path) => ({ path, objective: '' }))];
}

/** Files beside an item; a path that leads out of the package leads nowhere. */
function mediaOf(zip: Zip, folder: string): MediaOf {
	return {
		get(address): Media | undefined {
			const path = posix.normalize(posix.join(folder, address.replace(/[?#].*$/, '')));
			if (path.startsWith('..') || !zip.has(path)) return undefined;
			return { name: posix.basename(path), once: path, bytes: () => zip.bytes(path) };
		}
	};
}
