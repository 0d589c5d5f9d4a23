/** What a file is, told from its bytes alone: neither its name nor a header is believed. */
export interface Kind {
	mime: string;
	/** Endings that fit; the first is given to a name that has another one. None: any ending is as good. */
	endings: readonly string[];
}

/** How much of a text is looked at. */
const HEAD = 64 * 1024;

const words = (list: string) => list.split(' ');

/** The kinds whose name must be true. Office files that cannot be told apart are the ZIP they are. */
const known = new Map<string, readonly string[]>(
	Object.entries({
		'image/png': 'png',
		'image/apng': 'apng png',
		'image/jpeg': 'jpg jpeg jfif',
		'image/gif': 'gif',
		'image/webp': 'webp',
		'image/avif': 'avif',
		'image/heic': 'heic heif',
		'image/tiff': 'tif tiff',
		'image/bmp': 'bmp',
		'image/svg+xml': 'svg',
		'application/pdf': 'pdf',
		'video/mp4': 'mp4 m4v',
		'video/quicktime': 'mov qt',
		'video/webm': 'webm',
		'video/matroska': 'mkv webm',
		'video/ogg': 'ogv ogg',
		'video/vnd.avi': 'avi',
		'audio/webm': 'weba',
		'audio/ogg': 'ogg oga opus',
		'audio/wav': 'wav',
		'audio/mpeg': 'mp3',
		'audio/mp4': 'm4a m4b mp4',
		'audio/flac': 'flac',
		'audio/aac': 'aac',
		'application/zip': 'zip docx xlsx pptx odt ods odp epub drawio vsdx',
		'application/gzip': 'gz tgz',
		'application/x-ole-storage': 'doc xls ppt msg vsd',
		'application/rtf': 'rtf',
		'text/vtt': 'vtt txt',
		'text/calendar': 'ics txt',
		'text/vcard': 'vcf txt',
		'text/html': 'html htm xhtml',
		'text/plain':
			'txt md csv tsv json log yaml yml xml sql ini conf ics vcf srt vtt diff toml tex css js ts py java c h sh ps1 bat'
	}).map(([mime, endings]) => [mime, words(endings)])
);

/** The same thing under another name. */
const aliases = new Map([
	['application/x-cfb', 'application/x-ole-storage'],
	['audio/x-m4a', 'audio/mp4'],
	['video/x-m4v', 'video/mp4'],
	['application/xml', 'text/plain'],
	['application/x-subrip', 'text/plain']
]);

/** A machine runs these when they are opened. */
const programs =
	/^application\/(x-msdownload|x-elf|x-mach-binary|wasm|java-vm|java-archive|vnd\.android\.package-archive|x-ms-shortcut|x-deb|x-rpm|x-msi|vnd\.ms-htmlhelp)$/;

/** May stand in a text: what is well known, and neither drawn nor run by a browser. */
const attachable =
	/^(image\/(png|apng|jpeg|gif|webp|avif)|video\/|audio\/|text\/(plain|vtt|calendar|vcard)$|application\/(pdf|zip|gzip|rtf|epub\+zip|x-ole-storage|vnd\.(openxml|oasis|ms-)\S+)$)/;

export const isProgram = ({ mime }: Kind) => programs.test(mime);
export const isAttachable = (kind: Kind) => attachable.test(kind.mime) && !isProgram(kind);

/** An image that browsers show, and that is written anew before it is kept. */
export const isPicture = ({ mime }: Pick<Kind, 'mime'>) => /^image\/(png|apng|jpeg|gif|webp|avif)$/.test(mime);

/**
 * @param content the bytes, or where they lie
 * @param name only tells sound from film where the container is the same (`.weba`)
 */
export async function kindOf(content: Uint8Array | { path: string }, name = ''): Promise<Kind> {
	const { fileTypeFromBuffer, fileTypeFromFile } = await import('file-type');
	const inMemory = content instanceof Uint8Array;
	const found = await (inMemory ? fileTypeFromBuffer(content) : fileTypeFromFile(content.path)).catch(() => undefined);
	const told = (found?.mime ?? '').split(';')[0]!;
	const mime = aliases.get(told) ?? told;
	if (mime === 'video/webm' && endingOf(name) === 'weba') return kind('audio/webm');
	if (found && mime !== 'text/plain' && !/\bxml$/.test(mime)) return kind(mime, [found.ext]);
	return textKind(inMemory ? content.subarray(0, HEAD) : await headOf(content.path));
}

const kind = (mime: string, endings: readonly string[] = []): Kind => ({ mime, endings: known.get(mime) ?? endings });

/** Written as text but drawn or run by a browser. */
const drawn = /^(<\?xml[^>]*>|<!--(?:(?!-->)[^])*-->|<!doctype svg[^>]*>|\s)*<svg\b/i;
const page =
	/^(<\?xml[^>]*>|<!--(?:(?!-->)[^])*-->|\s)*<(!doctype\s+html|html|head|body|script|iframe)\b|<script[\s>]|<svg[\s>]/i;

function textKind(head: Uint8Array): Kind {
	const text = head.includes(0) ? undefined : decoded(head);
	if (text === undefined) return { mime: 'application/octet-stream', endings: [] };
	if (drawn.test(text)) return kind('image/svg+xml');
	if (page.test(text)) return kind('text/html');
	if (text.startsWith('#!')) return { mime: 'text/x-script', endings: [] };
	return kind('text/plain');
}

/** A letter of several bytes may be cut at the end of what is looked at. */
function decoded(head: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
	} catch {
		return undefined;
	}
}

async function headOf(path: string): Promise<Uint8Array> {
	const { open } = await import('node:fs/promises');
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

const claims = new Set([...known.values()].flat());

/** Whether a name claims to be another kind than its content is. */
export function claimsOther(name: string, { endings }: Kind): boolean {
	const ending = endingOf(name);
	return claims.has(ending) && endings.length > 0 && !endings.includes(ending);
}

export const endingOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
