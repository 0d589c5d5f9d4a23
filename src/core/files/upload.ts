/** How far an upload has come. */
export interface Sending {
	sent: number;
	bytes: number;
	/** Set while the connection is lost and tried again. */
	waiting: boolean;
}

/** So much at once: few requests, and less than a proxy on the way may take (see the README). */
const PIECE = 8 * 1024 * 1024;
/** Seconds between tries; after the last it is up to the person. */
const PAUSES = [1, 2, 4, 8, 15, 30, 60, 60, 60];
const BYTES = 'application/offset+octet-stream';

/** The server said no: trying again is of no use. */
export class Refused extends Error {}

/**
 * Sends a file in pieces (tus 1.0) and goes on where a lost connection left it, also after the page was
 * loaded anew.
 * @returns the id of the kept file
 * @throws Refused with a sentence for people, Error when the connection stays lost, AbortError
 */
export async function sendFile(file: File, progress: (state: Sending) => void, signal: AbortSignal): Promise<string> {
	const bytes = file.size;
	let address = remembered(file);
	let tries = 0;
	let sent = 0;
	for (;;) {
		try {
			const begun: [string, number, string | null] = address
				? await whereItStands(address, signal)
				: [await begin(file, signal), 0, null];
			[address, sent] = begun;
			remember(file, address);
			if (begun[2]) return done(file, begun[2]);
			progress({ sent, bytes, waiting: false });
			const kept = await sendRest(
				file,
				address,
				sent,
				(at) => {
					tries = 0;
					progress({ sent: (sent = at), bytes, waiting: false });
				},
				signal
			);
			return done(file, kept);
		} catch (error) {
			if (error instanceof Gone) address = forget(file);
			else if (error instanceof Refused || signal.aborted) {
				forget(file);
				throw error;
			}
			const pause = PAUSES[tries];
			if (pause === undefined) throw error;
			tries += 1;
			progress({ sent, bytes, waiting: true });
			await online(pause * 1000, signal);
		}
	}
}

/** Takes back an upload, begun or done. */
export function dropUpload(file: File): void {
	const address = remembered(file);
	forget(file);
	if (address) void fetch(address, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => {});
}

/** The upload has expired, or is of somebody else. */
class Gone extends Error {}

async function begin(file: File, signal: AbortSignal): Promise<string> {
	const answer = await fetch('/files/uploads', {
		method: 'POST',
		headers: {
			'tus-resumable': '1.0.0',
			'upload-length': String(file.size),
			'upload-metadata': `filename ${base64(file.name)}`
		},
		signal
	});
	await expect(answer);
	return answer.headers.get('location')!;
}

async function whereItStands(address: string, signal: AbortSignal): Promise<[string, number, string | null]> {
	const answer = await fetch(address, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' }, signal });
	if (answer.status === 404) throw new Gone();
	await expect(answer);
	return [address, Number(answer.headers.get('upload-offset')), answer.headers.get('trellis-file')];
}

async function sendRest(
	file: File,
	address: string,
	from: number,
	progress: (at: number) => void,
	signal: AbortSignal
): Promise<string> {
	for (let at = from; ;) {
		const answer = await patch(address, file.slice(at, at + PIECE), at, progress, signal);
		if (answer.kept) return answer.kept;
		at = answer.offset;
	}
}

interface Taken {
	offset: number;
	kept: string | null;
}

/** XMLHttpRequest still is what tells how much of a body has left. */
function patch(
	address: string,
	piece: Blob,
	at: number,
	progress: (at: number) => void,
	signal: AbortSignal
): Promise<Taken> {
	return new Promise((done, fail) => {
		const asked = new XMLHttpRequest();
		const stop = () => asked.abort();
		signal.addEventListener('abort', stop);
		asked.open('PATCH', address);
		asked.setRequestHeader('tus-resumable', '1.0.0');
		asked.setRequestHeader('content-type', BYTES);
		asked.setRequestHeader('upload-offset', String(at));
		asked.upload.onprogress = ({ loaded }) => progress(at + loaded);
		asked.onload = () => {
			const { status } = asked;
			if (status === 204)
				done({
					offset: Number(asked.getResponseHeader('upload-offset')),
					kept: asked.getResponseHeader('trellis-file')
				});
			else fail(failureOf(status, asked.responseText));
		};
		asked.onerror = asked.onabort = () => fail(signal.aborted ? new DOMException('', 'AbortError') : new Error(LOST));
		asked.onloadend = () => signal.removeEventListener('abort', stop);
		asked.send(piece);
	});
}

const LOST = 'The connection is lost. Press “Try again” once it is back: the upload goes on where it was.';

async function expect(answer: Response): Promise<void> {
	if (!answer.ok) throw failureOf(answer.status, await answer.text());
}

/** 409 and 423 say to look where it stands, and what is 5xx passes. */
function failureOf(status: number, text: string): Error {
	if (status === 404) return new Gone();
	const message = sentenceIn(text) ?? LOST;
	return status >= 500 || status === 409 || status === 423 || status === 429
		? new Error(message)
		: new Refused(message);
}

function sentenceIn(text: string): string | undefined {
	try {
		return (JSON.parse(text) as { message?: string }).message;
	} catch {
		return undefined;
	}
}

/** Waits, but no longer than until the network is back. */
function online(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((done, fail) => {
		const end = () => {
			clearTimeout(timer);
			removeEventListener('online', end);
			if (signal.aborted) fail(signal.reason as Error);
			else done();
		};
		const timer = setTimeout(end, ms);
		addEventListener('online', end);
		signal.addEventListener('abort', end, { once: true });
	});
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const keyOf = ({ name, size, lastModified }: File) => `upload:${name}:${size}:${lastModified}`;
const remembered = (file: File) => localStorage.getItem(keyOf(file)) ?? undefined;
const remember = (file: File, address: string) => localStorage.setItem(keyOf(file), address);
function forget(file: File): undefined {
	localStorage.removeItem(keyOf(file));
}
function done(file: File, kept: string): string {
	forget(file);
	return kept;
}
