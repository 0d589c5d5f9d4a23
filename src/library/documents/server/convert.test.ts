import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { textOf } from '../document.ts';
import { convertOld, hasOffice, toPdf } from './convert.ts';
import { runParser } from './parser-process.ts';

vi.setConfig({ testTimeout: 240_000 });
const folder = mkdtempSync(join(tmpdir(), 'trellis-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('files that are no older Office files stay as they are', async () => {
	const path = join(folder, 'plain');
	writeFileSync(path, 'Words.');
	expect(await convertOld(path, 'a.doc')).toEqual({ path, ending: 'doc' });
	expect(await toPdf(path, 'a.zip')).toBeUndefined();
});

describe.skipIf(!hasOffice())('where LibreOffice is installed', () => {
	test('an older Word file is read, and its pages are drawn', async () => {
		writeFileSync(join(folder, 'keys.txt'), 'The key hangs behind the door.');
		const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
		const ask = [profile, '--headless', '--convert-to', 'doc', '--outdir', folder, join(folder, 'keys.txt')];
		execFileSync('soffice', ask, { stdio: 'ignore' });
		const { path, ending } = await convertOld(join(folder, 'keys.doc'), 'Keys.doc');
		expect(ending).toBe('docx');
		const words: string[] = [];
		for await (const message of runParser({ task: 'text', path, ending }))
			if (message.tell === 'part') words.push(textOf(message.part));
		expect(words).toEqual(['The key hangs behind the door.']);

		const pdf = await toPdf(join(folder, 'keys.doc'), 'Keys.doc');
		const drawn: number[] = [];
		for await (const message of runParser({ task: 'pictures', path: pdf! }))
			if (message.tell === 'picture') drawn.push(message.width);
		expect(drawn).toEqual([960]);
	});
});
