import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { FileStore } from '#src/platform/server/file-store.ts';
import { openFiles } from '#src/platform/server/files.ts';

/** A file store of its own for a test file, gone after its last test. Call it at the top of the file. */
export function testFiles(): FileStore & { folder: string } {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-files-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return Object.assign(openFiles({ DATA_DIR: folder }), { folder });
}
