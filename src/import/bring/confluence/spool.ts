import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { incomingFolder } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';

/** Texts that wait on disk until they are asked for; in memory is where each begins. */
export class Spool {
	readonly #path: string;
	readonly #file: FileHandle;
	readonly #places = new Map<string, { at: number; bytes: number }>();
	#end = 0;

	private constructor(path: string, file: FileHandle) {
		this.#path = path;
		this.#file = file;
	}

	static async create(): Promise<Spool> {
		const path = join(incomingFolder(), `import-${newId()}.texts`);
		return new Spool(path, await open(path, 'wx+'));
	}

	async add(key: string, text: string): Promise<void> {
		const bytes = Buffer.from(text);
		await this.#file.write(bytes, 0, bytes.length, this.#end);
		this.#places.set(key, { at: this.#end, bytes: bytes.length });
		this.#end += bytes.length;
	}

	has(key: string): boolean {
		return this.#places.has(key);
	}

	async read(key: string): Promise<string> {
		const place = this.#places.get(key);
		if (!place) return '';
		const { buffer } = await this.#file.read(Buffer.alloc(place.bytes), 0, place.bytes, place.at);
		return buffer.toString();
	}

	async close(): Promise<void> {
		await this.#file.close();
		await rm(this.#path, { force: true });
	}
}
