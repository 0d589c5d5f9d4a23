import { basename } from 'node:path';
import { checkRoom } from '#src/core/files/server/limits.ts';
import { fileAddress, MOST_BYTES, storeFile } from '#src/core/files/server/store.ts';
import { change, skip } from '#src/core/import/report.ts';
import { readBytes } from './archive.ts';
import type { PlannedPage } from './plan.ts';
import { reasonOf } from './reason.ts';
import type { State } from './state.ts';

/** Whose text it is. */
type Page = Pick<PlannedPage, 'ref' | 'title'>;

/** What texts show and lead to: pictures are stored, addresses become those of this house. */
export class Texts {
	readonly #state: State;
	/** Addresses of pictures and files in texts, by name; undefined for those that were refused. */
	readonly #stored = new Map<string, string | undefined>();

	constructor(state: State) {
		this.#state = state;
	}

	/** Pictures that stand in the text itself become files like all others. */
	async keepInline({ title }: Page, html: string): Promise<string> {
		const parts = html.split(/(?<==\s*["'])data:([a-z/+.-]+);base64,([^"']*)(?=["'])/i);
		for (let index = 1; index < parts.length; index += 3) {
			const [mime, data] = [parts[index]!, parts[index + 1]!];
			const name = `picture.${mime.split('/')[1]!.replace('jpeg', 'jpg')}`;
			const kept = await this.#keep(name, title, () => Promise.resolve(Buffer.from(data, 'base64')));
			parts.splice(index, 2, kept ?? '');
			index -= 1;
		}
		return parts.join('');
	}

	/** The new address for one of the export; undefined where it leads nowhere: its words stay. */
	async resolve(page: Page, address: string, isImage: boolean): Promise<string | undefined> {
		if (address.startsWith('/files/')) return address;
		const target = this.#state.plan.resolve(page.ref, address);
		const anchor = /#.*/.exec(address)?.[0] ?? '';
		if (target && 'as' in target) return target.as;
		if (target && 'ref' in target && this.#state.ids.has(target.ref) && !isImage)
			return this.#state.ids.get(target.ref)!.address + anchor;
		const file = target && 'ref' in target ? this.#state.files.get(target.ref) : target;
		if (file && this.#state.archive.has(file.name))
			return this.#store(file.name, file.called ?? basename(file.name), page.title);
		const reason = file
			? 'a picture or file that is not in the archive'
			: 'a link that leads nowhere; its words were kept';
		change(this.#state.report, { line: 0, what: `${page.title}: ${address.slice(0, 80)}`, reason });
		return undefined;
	}

	async #store(name: string, called: string, page: string): Promise<string | undefined> {
		if (!this.#stored.has(name))
			this.#stored.set(name, await this.#keep(called, page, () => readBytes(this.#state.archive, name, MOST_BYTES)));
		return this.#stored.get(name);
	}

	async #keep(name: string, page: string, read: () => Promise<Buffer>): Promise<string | undefined> {
		try {
			const content = await read();
			await this.#state.db.transaction((tx) => checkRoom(tx, this.#state.author, content.byteLength, { rate: false }));
			return fileAddress(await storeFile(this.#state.db, this.#state.author, { name, content }, { limited: false }));
		} catch (error) {
			skip(this.#state.report, { line: 0, what: `${page}: ${name}`, reason: reasonOf(error) });
			return undefined;
		}
	}

	/** What hangs on a page there stands below its text here. */
	attachments({ attached }: PlannedPage): string {
		const lines = attached.flatMap((ref) => {
			const at = this.#state.ids.get(ref);
			const { plan } = this.#state;
			const title = this.#state.files.get(ref)?.title ?? plan.links.find(({ url }) => url === ref)?.title;
			return at && title ? [`- [${title.replace(/[[\]\\]/g, '\\$&')}](${at.address})`] : [];
		});
		return lines.length > 0 ? `## Attached\n\n${lines.join('\n')}` : '';
	}
}
