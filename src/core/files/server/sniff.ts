/** What a file is, told from its bytes alone: neither its name nor a header is believed. */
export interface Sniffed {
	mime: string;
	/** Endings that fit; the first is given to a name that has another one. */
	endings: readonly string[];
	image?: boolean;
}

interface Signature extends Sniffed {
	at?: number;
	bytes: readonly number[] | string;
	/** More that must be true of the content. */
	also?: (content: Uint8Array) => boolean;
}

const tells = (text: string, from: number) => (content: Uint8Array) =>
	ascii(content.subarray(from, from + text.length)) === text;
const brand =
	(...names: string[]) =>
	(content: Uint8Array) =>
		names.includes(ascii(content.subarray(8, 12)));

/** ISO base media (ISO 14496-12) is films, sound and pictures alike: the brand tells. */
const films = [
	'isom',
	'iso2',
	'iso4',
	'iso5',
	'iso6',
	'mp41',
	'mp42',
	'avc1',
	'M4V ',
	'M4A ',
	'qt  ',
	'dash',
	'3gp4',
	'3gp5'
];

/** The kinds of file people may share; what is not here is refused. */
const signatures: readonly Signature[] = [
	{ mime: 'image/png', endings: ['png'], image: true, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
	{ mime: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'], image: true, bytes: [0xff, 0xd8, 0xff] },
	{ mime: 'image/gif', endings: ['gif'], image: true, bytes: 'GIF8' },
	{ mime: 'image/webp', endings: ['webp'], image: true, bytes: 'RIFF', also: tells('WEBP', 8) },
	{ mime: 'image/avif', endings: ['avif'], image: true, at: 4, bytes: 'ftyp', also: brand('avif', 'avis') },
	{ mime: 'application/pdf', endings: ['pdf'], bytes: '%PDF-' },
	{ mime: 'video/mp4', endings: ['mp4', 'm4v', 'mov', 'm4a'], at: 4, bytes: 'ftyp', also: brand(...films) },
	{ mime: 'video/webm', endings: ['webm', 'mkv'], bytes: [0x1a, 0x45, 0xdf, 0xa3] },
	{ mime: 'audio/ogg', endings: ['ogg', 'oga', 'ogv', 'opus'], bytes: 'OggS' },
	{ mime: 'audio/wav', endings: ['wav'], bytes: 'RIFF', also: tells('WAVE', 8) },
	{ mime: 'audio/mpeg', endings: ['mp3'], bytes: 'ID3' },
	{ mime: 'audio/mpeg', endings: ['mp3'], bytes: [0xff, 0xfb] },
	{
		mime: 'application/zip',
		endings: ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'drawio', 'vsdx'],
		bytes: [0x50, 0x4b, 0x03, 0x04]
	},
	{ mime: 'application/gzip', endings: ['gz', 'tgz'], bytes: [0x1f, 0x8b] },
	{
		mime: 'application/x-ole-storage',
		endings: ['doc', 'xls', 'ppt', 'msg', 'vsd'],
		bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
	}
];

const plain: Sniffed = {
	mime: 'text/plain',
	endings: [
		'txt',
		'md',
		'csv',
		'tsv',
		'json',
		'log',
		'yaml',
		'yml',
		'xml',
		'sql',
		'ini',
		'conf',
		'ics',
		'vcf',
		'srt',
		'diff'
	]
};

/** Written as text but run by a browser or a shell. */
const active =
	/^(<\?xml[^>]*>|<!--[^]*?-->|<!doctype[^>]*>|\s)*<(!doctype|html|head|body|script|svg|iframe)\b|^#!|<svg[\s>]/i;

/** @returns what the content is, or undefined where it is nothing that may be shared */
export function sniff(content: Uint8Array): Sniffed | undefined {
	const found = signatures.find((signature) => fits(signature, content));
	if (found) return found;
	return isText(content) && !active.test(head(content)) ? plain : undefined;
}

/** Every ending that one of the known kinds has. */
const known = new Set([...signatures, plain].flatMap(({ endings }) => endings));

/** Whether a name claims to be another kind than its content is. */
export function claimsOther(name: string, kind: Sniffed): boolean {
	const ending = endingOf(name);
	return known.has(ending) && !kind.endings.includes(ending);
}

export const endingOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

function fits({ at = 0, bytes, also }: Signature, content: Uint8Array): boolean {
	const expected = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
	return expected.every((byte, index) => content[at + index] === byte) && (also?.(content) ?? true);
}

function isText(content: Uint8Array): boolean {
	if (content.includes(0)) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(content);
		return true;
	} catch {
		return false;
	}
}

const head = (content: Uint8Array) => new TextDecoder().decode(content.subarray(0, 4096));
const ascii = (content: Uint8Array) => Buffer.from(content).toString('latin1');
