import { loadViewer } from '#src/core/access/server/viewer.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { FetchRefused, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { siteOf } from '#src/core/web/url.ts';

const bounds = { types: ['image/'], maxBytes: 5 * 1024 * 1024, timeout: 10_000 };

/**
 * Keeps a page's picture as a file of ours, so that reading the link calls on nobody else.
 * It belongs to whoever shared the link, and is seen by who may read the link.
 * @returns its id; undefined where there is none that could be kept
 */
export async function keepPicture(
	db: Db,
	{ itemId, authorId, url }: { itemId: string; authorId: string; url: string },
	fetch: Fetch
): Promise<string | undefined> {
	try {
		const author = await loadViewer(db, authorId);
		const { status, body } = author ? await fetch(url, bounds) : { status: 0, body: Buffer.alloc(0) };
		if (!author || status !== 200) return undefined;
		const upload = { name: `${siteOf(url)}-picture`, content: body };
		const { id, mime } = await storeFile(db, author, upload, { limited: false });
		if (!mime.startsWith('image/')) return undefined;
		await linkFiles(db, itemId, [id]);
		return id;
	} catch (error) {
		// A picture is a nicety: the link does without.
		if (error instanceof FetchRefused || error instanceof Failure) return undefined;
		throw error;
	}
}
