import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endingOf } from '#src/core/files/server/sniff.ts';
import { confined, giveWay, installed } from './confine.ts';
import { ParserDied } from './parser-process.ts';

/** LibreOffice, where it is installed beside Trellis; looked for once. */
const office = installed('soffice', 'libreoffice');

/** Whether Office files can be turned into pages here. */
export const hasOffice = (): boolean => office !== undefined;

const newer: Record<string, string> = { doc: 'docx', ppt: 'pptx', xls: 'xlsx' };
const drawable = new Set(['docx', 'docm', 'pptx', 'pptm', 'ppsx', 'odt', 'odp', 'doc', 'ppt', 'rtf']);

/** An older Office file as one of today's, where that can be done; any other file as it is. @throws ParserDied */
export async function convertOld(path: string, name: string): Promise<{ path: string; ending: string }> {
	const ending = endingOf(name);
	const wanted = newer[ending];
	if (!office || !wanted || !(await isOle(path))) return { path, ending };
	const converted = await convert(path, ending, wanted);
	if (!converted)
		throw new ParserDied('LibreOffice could not open this older file: it may be damaged, or protected by a password.');
	return { path: converted, ending: wanted };
}

/** The file as a PDF, where LibreOffice can make one of it. */
export async function toPdf(path: string, name: string): Promise<string | undefined> {
	const ending = endingOf(name);
	return office && drawable.has(ending) ? convert(path, ending, 'pdf') : undefined;
}

async function isOle(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
		return buffer.toString('hex') === 'd0cf11e0a1b11ae1';
	} finally {
		await file.close();
	}
}

/** Seconds, and megabytes of data: LibreOffice is large. */
const bounds = { seconds: 120, data: 2048 };

/** Macros are not run: a profile made for this one time trusts nobody. @returns nothing when it failed */
async function convert(path: string, ending: string, wanted: string): Promise<string | undefined> {
	const folder = dirname(path);
	const source = join(folder, `office.${ending}`);
	await copyFile(path, source);
	const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
	const ask = [
		profile,
		'--headless',
		'--norestore',
		'--nolockcheck',
		'--convert-to',
		wanted,
		'--outdir',
		folder,
		source
	];
	const { command, args } = confined(office!, ask, bounds);
	const child = spawn(command, args, {
		cwd: folder,
		env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
		stdio: 'ignore',
		detached: true
	});
	giveWay(child);
	const clock = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), bounds.seconds * 8000);
	await Promise.race([once(child, 'close'), once(child, 'error')]).catch(() => {});
	clearTimeout(clock);
	const made = join(folder, `office.${wanted}`);
	return existsSync(made) ? made : undefined;
}
