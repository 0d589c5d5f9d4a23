import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileRow } from '#src/core/files/server/store.ts';
import { files } from '#src/platform/server/files.ts';

/** A file as it lies in the site. */
export interface SiteFile {
	/** From the root of the site, as it stands in an address. */
	path: string;
	name: string;
	mime: string;
	bytes: number;
}

/** What browsers open and play without harm; of all else the name must not tell them to run it. */
const HARMLESS = /^(image\/(png|apng|jpeg|gif|webp|avif)|audio\/|video\/|application\/(pdf|zip|rtf|epub|msword|vnd\.))/;
const PLAIN = /\.(txt|md|csv|log|json|docx?|xlsx?|pptx?|od[tsp]|zip)$/i;

/** Puts a file into the site. @returns undefined when its content is not in the store any more */
export async function copyFile(
	folder: string,
	{ id, name, mime, sha256, bytes }: FileRow
): Promise<SiteFile | undefined> {
	if (!(await files().exists(sha256))) return undefined;
	const safe = HARMLESS.test(mime) || PLAIN.test(name) ? name : `${name}.txt`;
	await mkdir(join(folder, 'files', id), { recursive: true });
	await pipeline(await files().get(sha256), createWriteStream(join(folder, 'files', id, safe)));
	return { path: `files/${id}/${encodeURIComponent(safe)}`, name, mime, bytes };
}
