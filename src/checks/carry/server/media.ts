import { change, type FileReport } from '#src/core/import/report.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { NotCarried, type Carried, type Draft, type Media } from './carried.ts';
import { inPercent } from './pixels.ts';

/** An image or a link in Markdown. */
const LINK = /(!?)\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)/g;

/** Whether an address leads into the file, and not out into the web or this house. */
const leadsIn = (address: string) => !/^([a-z][a-z0-9+.-]*:|\/\/|\/files\/|#)/i.test(address);

interface Stored {
	address: string;
	width: number | null;
	height: number | null;
}

/** Keeps the files that questions of one import show, each once, and puts their addresses into the texts. */
export class MediaKeeper {
	readonly #db: Db;
	readonly #viewer: Viewer;
	readonly #report: FileReport;
	#kept = new Map<string, Promise<Stored>>();

	constructor(db: Db, viewer: Viewer, report: FileReport) {
		[this.#db, this.#viewer, this.#report] = [db, viewer, report];
	}

	/** A question whose texts lead to files of this house. @throws NotCarried where its picture is not there */
	async settle({ content, media, pixels, ...where }: Carried): Promise<Draft> {
		const addresses = new Map<string, string>();
		for (const text of stringsIn(content))
			for (const [, , , address] of text.matchAll(LINK))
				if (address && leadsIn(address) && !addresses.has(address))
					addresses.set(address, (await this.#store(address, media, where)) ?? '');
		const settled = addresses.size > 0 ? (mapStrings(content, (text) => put(text, addresses)) as Draft) : content;
		return settled.type === 'hotspot' ? this.#picture(settled, media, pixels) : settled;
	}

	async #picture(content: Extract<Draft, { type: 'hotspot' }>, media: Carried['media'], pixels?: true): Promise<Draft> {
		const found = media.get(content.image);
		if (!found) throw new NotCarried('its picture is not in the file');
		const { address, width, height } = await this.#keep(found).catch((error: unknown) => {
			throw new NotCarried(`its picture cannot be kept: ${reasonOf(error)}`);
		});
		if (!pixels) return { ...content, image: address };
		if (!width || !height) throw new NotCarried('its picture has no size');
		const areas = content.areas.map((each) => ({ ...each, area: inPercent(each.area, { width, height }) }));
		return { ...content, image: address, areas };
	}

	async #store(
		address: string,
		media: Carried['media'],
		where: { line: number; what: string }
	): Promise<string | undefined> {
		const found = media.get(address) ?? media.get(decoded(address));
		const about = { line: where.line, what: where.what };
		if (!found) return void change(this.#report, { ...about, reason: `the file ${name(address)} is missing` });
		return this.#keep(found).then(
			(kept) => kept.address,
			(error: unknown) => void change(this.#report, { ...about, reason: `a file cannot be kept: ${reasonOf(error)}` })
		);
	}

	/** The same name with the same bytes is stored once by the store; here it is not even read again. */
	#keep(media: Media): Promise<Stored> {
		const key = media.once ?? '';
		const known = key ? this.#kept.get(key) : undefined;
		if (known) return known;
		const stored = this.#write(media);
		if (key) this.#kept.set(key, stored);
		stored.catch(() => {});
		return stored;
	}

	async #write({ name: given, bytes }: Media): Promise<Stored> {
		const row = await storeFile(this.#db, this.#viewer, { name: given, content: await bytes() }, { limited: false });
		return { address: fileAddress(row), width: row.width, height: row.height };
	}
}

function reasonOf(error: unknown): string {
	if (error instanceof Failure) return Object.values(error.fields ?? {})[0] ?? error.message;
	if (error instanceof Unreadable) return error.message;
	throw error;
}

const name = (address: string) => decoded(address).split('/').pop()!.slice(0, 80);

function decoded(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}

/** What leads nowhere keeps its words. */
const put = (text: string, addresses: ReadonlyMap<string, string>) =>
	text.replace(LINK, (whole, sign: string, words: string, address: string) => {
		const here = addresses.get(address);
		return here === undefined ? whole : here ? `${sign}[${words}](${here})` : words;
	});

function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (value === null || typeof value !== 'object') return [];
	return Object.values(value).flatMap(stringsIn);
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((each) => mapStrings(each, change));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, change)]));
}
