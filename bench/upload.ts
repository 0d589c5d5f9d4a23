import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '#src/platform/server/db.ts';
import { createToken } from '#src/core/api/server/tokens.ts';
import { aPerson } from '#src/testing/builders.ts';
import { median, megabytes } from './lib/numbers.ts';
import { startProgram, startTrellis, type Program } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const LEAST = 0.6;
const GROWTH_MB = 100;
const MB = 1024 ** 2;

/** Somebody's token. */
async function uploader(databaseUrl: string): Promise<string> {
	const { db, client, close } = connect(databaseUrl, 1);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const { token } = await createToken(db, await aPerson(db), { name: 'Bench', scopes: ['write'], days: 1 });
		return token;
	} finally {
		await close();
	}
}

interface Sent {
	status: number;
	headers: NodeJS.Dict<string | string[]>;
}

/** Sends so many bytes that no run sent before, as fast as they are taken. */
async function send(url: string, method: string, headers: Record<string, string>, bytes: number): Promise<Sent> {
	const asked = request(url, { method, headers: { ...headers, 'content-length': String(bytes) } });
	const answered = once(asked, 'response');
	const block = randomBytes(MB);
	for (let left = bytes; left > 0; left -= MB) {
		block.writeUInt32LE(left / MB, 0);
		if (!asked.write(Buffer.from(block.subarray(0, Math.min(left, MB))))) await once(asked, 'drain');
	}
	asked.end();
	const [answer] = await answered;
	answer.resume();
	if (answer.statusCode >= 300) throw new Error(`${url} answered ${answer.statusCode}.`);
	return { status: answer.statusCode, headers: answer.headers };
}

/** Megabytes a second of a whole upload: begun, sent, kept. */
async function throughTrellis({ url }: Program, token: string, bytes: number): Promise<number> {
	const begin = performance.now();
	const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
	const begun = await send(`${url}/files/uploads`, 'POST', { ...headers, 'upload-length': String(bytes) }, 0);
	const body = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
	const done = await send(`${url}${String(begun.headers.location)}`, 'PATCH', { ...headers, ...body }, bytes);
	if (!done.headers['trellis-file']) throw new Error('The file was not kept.');
	return bytes / MB / ((performance.now() - begin) / 1000);
}

async function bare({ url }: Program, path: string, bytes: number): Promise<number> {
	const begin = performance.now();
	await send(url + path, 'POST', {}, bytes);
	return bytes / MB / ((performance.now() - begin) / 1000);
}

/** The most memory a program has while work is done. */
async function peak(program: Program, work: () => Promise<unknown>): Promise<number> {
	let most = program.resident();
	const watch = setInterval(() => (most = Math.max(most, program.resident())), 20);
	await work().finally(() => clearInterval(watch));
	return most;
}

export default {
	name: 'upload',
	target: `≥ ${LEAST} of a bare stream to disk, ≤ ${GROWTH_MB} MB more memory`,
	async run({ full }) {
		const folder = mkdtempSync(join(tmpdir(), 'trellis-upload-'));
		const trellis = await startTrellis({ DATA_DIR: join(folder, 'trellis') });
		const plain = await startProgram('bench/lib/bare-upload.ts', { FOLDER: folder });
		const bytes = (full ? 1024 : 256) * MB;
		try {
			const token = await uploader(trellis.databaseUrl);
			const rates: Record<'subject' | 'kept' | 'unkept', number[]> = { subject: [], kept: [], unkept: [] };
			await throughTrellis(trellis, token, 16 * MB);
			await bare(plain, '/kept', 16 * MB);
			const before = trellis.resident();
			let most = before;
			for (let round = 0; round < 3; round += 1) {
				const whole = async () => rates.subject.push(await throughTrellis(trellis, token, bytes));
				most = Math.max(most, await peak(trellis, whole));
				rates.kept.push(await bare(plain, '/kept', bytes));
				rates.unkept.push(await bare(plain, '/', bytes));
				for (const name of readdirSync(folder)) if (/^\d+$/.test(name)) rmSync(join(folder, name));
			}
			const growth = megabytes(most - before);
			const said = (values: number[]) => values.map(Math.round).join(' ');
			console.log(
				`${bytes / MB} MB: Trellis ${said(rates.subject)}, bare ${said(rates.kept)}, without waiting for the disk ${said(rates.unkept)} MB a second; memory ${megabytes(before)} MB, at most ${growth} MB more`
			);
			const share = median(rates.subject) / median(rates.kept);
			return { figure: `${share.toFixed(2)}, ${growth} MB more`, ok: share >= LEAST && growth <= GROWTH_MB };
		} finally {
			await Promise.all([trellis.stop(), plain.stop()]);
			rmSync(folder, { recursive: true, force: true });
		}
	}
} satisfies Measure;
