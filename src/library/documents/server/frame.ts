import { spawn } from 'node:child_process';
import { eq } from 'drizzle-orm';
import { file } from '#src/core/files/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { confined, giveWay, installed } from './confine.ts';
import { withLocalCopy } from '#src/platform/server/local-copy.ts';
import { keepThumbnail } from './pictures.ts';

const ffmpeg = installed('ffmpeg');
/** Whether a picture can be taken out of a film here. */
export const hasFfmpeg = (): boolean => ffmpeg !== undefined;

const bounds = { seconds: 60, data: 1024 };
const MOST_BYTES = 8 * 1024 ** 2;

/** Lets a telling picture of a film stand for it in lists, where ffmpeg is installed. A film it cannot read has none. */
export async function keepFrameOf(db: Db, { fileId }: { fileId: string }): Promise<void> {
	const [film] = await db.select().from(file).where(eq(file.id, fileId));
	if (!ffmpeg || !film || film.thumbnailSha256) return;
	await withLocalCopy(film.sha256, async (path) => {
		const picture = await takePicture(ffmpeg, path);
		if (picture.length > 0) await keepThumbnail(db, fileId, picture);
	});
}

/** The most telling of the first pictures. Nothing but the file is opened, whatever list of others it may be. */
async function takePicture(program: string, path: string): Promise<Buffer> {
	const read = ['-nostdin', '-loglevel', 'error', '-protocol_whitelist', 'file,pipe', '-threads', '1', '-i', path];
	const write = [
		'-map',
		'0:v:0',
		'-vf',
		'thumbnail=100,scale=960:-2',
		'-frames:v',
		'1',
		'-f',
		'image2pipe',
		'-c:v',
		'png'
	];
	const { command, args } = confined(program, [...read, ...write, 'pipe:1'], bounds);
	const child = spawn(command, args, {
		env: { PATH: process.env.PATH },
		stdio: ['ignore', 'pipe', 'ignore'],
		detached: true
	});
	giveWay(child);
	const clock = setTimeout(() => child.kill('SIGKILL'), bounds.seconds * 8000);
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
			if ((bytes += chunk.length) > MOST_BYTES) return Buffer.alloc(0);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		clearTimeout(clock);
		child.kill('SIGKILL');
	}
}
