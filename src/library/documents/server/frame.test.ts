import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { fileById } from '#src/core/files/server/read.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { hasFfmpeg, keepFrameOf } from './frame.ts';

vi.setConfig({ testTimeout: 300_000 });
const { db } = await testDatabase();
const store = testFiles();

test.skipIf(!hasFfmpeg())('a picture of a film stands for it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-film-'));
	const path = join(folder, 'film.mp4');
	execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=duration=2:size=640x360:rate=10', path]);
	const ana = await aPerson(db);
	const kept = await storeFile(db, ana, { name: 'film.mp4', content: readFileSync(path) });
	rmSync(folder, { recursive: true });
	await keepFrameOf(db, { fileId: kept.id });
	const { thumbnailSha256 } = await fileById(db, ana, kept.id);
	const picture = await sharp(await buffer(await store.get(thumbnailSha256!))).metadata();
	expect(picture).toMatchObject({ format: 'webp', width: 640, height: 360 });
});

test('what is no film has none, and harms nothing', async () => {
	const ana = await aPerson(db);
	const list = Buffer.concat([
		Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'),
		Buffer.from('#EXTM3U\nfile:///etc/passwd\n')
	]);
	const kept = await storeFile(db, ana, { name: 'film.mp4', content: list });
	await keepFrameOf(db, { fileId: kept.id });
	expect((await fileById(db, ana, kept.id)).thumbnailSha256).toBeNull();
});
