import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface Entry {
	path: string;
	/** Text is packed; bytes are taken to be packed already, as pictures are. */
	content: string | AsyncIterable<string> | AsyncIterable<Uint8Array>;
	packed?: boolean;
}

/**
 * A ZIP archive as it comes into being: never more than one chunk of one entry is held.
 * @example for await (const chunk of zipOf(entries())) response.write(chunk);
 */
export async function* zipOf(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
	let made: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		made.push(chunk);
	});
	const take = () => {
		const taken = made;
		made = [];
		return taken;
	};
	for await (const { path, content, packed } of entries) {
		const file = packed ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
		zip.add(file);
		for await (const part of typeof content === 'string' ? [content] : content) {
			file.push(typeof part === 'string' ? strToU8(part) : part);
			yield* take();
		}
		file.push(new Uint8Array(0), true);
		yield* take();
	}
	zip.end();
	yield* take();
}
