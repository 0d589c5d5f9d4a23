import { basename, dirname } from 'node:path/posix';
import { cleanLine } from '#src/core/import/clean.ts';
import { type FileReport } from '#src/core/import/report.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { elementsIn, type Element } from '#src/platform/server/xml-tree.ts';
import { readBytes, readText, Refused, type Archive } from '../bring/archive.ts';
import { titleOf } from '../bring/folder.ts';
import type { Plan, PlannedCollection } from '../bring/plan.ts';
import { readCmi5 } from './cmi5.ts';
import { contentsOf, PAGE_BYTES, type Content, type Contents } from './contents.ts';
import type { Package } from './package.ts';
import { readPage } from './page.ts';
import { Paths } from './paths.ts';
import { besideOf, readScorm } from './scorm.ts';
import { leftOut } from './told.ts';

const MANIFEST_BYTES = 20_000_000;
/** What a check shows one by one; more stands in collections. */
const MOST_CONTENT = 30;
const IN_COLLECTION = 200;

/** A SCORM or cmi5 package: its files become content of a check, its rules are left behind and told of. */
export async function readPackage(archive: Archive, report: FileReport, called: string): Promise<Plan> {
	const paths = new Paths(archive);
	const about = await readManifest(archive, paths);
	const title = cleanLine(about.title, 200) || called;
	const contents = await contentsOf(archive, about.parts, { paths, report });
	const refs = new Set(contents.list.map(({ name }) => name));
	const collections = collectionsOf(contents.list, title);
	return {
		name: about.id || title,
		pages: contents.list.filter(({ isPage }) => isPage).map((content) => plannedPage(archive, content, contents)),
		files: contents.list
			.filter(({ isPage }) => !isPage)
			.map(({ name, title: given }) => ({
				...{ ref: name, name, called: basename(name), title: given || titleOf(name), tags: [] }
			})),
		links: [],
		collections,
		resolve(page, address) {
			const name = paths.find(dirname(page), address);
			if (!name) return undefined;
			return refs.has(name) ? { ref: name } : { name };
		},
		check: {
			title,
			text: about.description,
			contentMinutes: about.minutes,
			entries: (collections.length > 0 ? collections : contents.list.map(({ name }) => ({ ref: name }))).map(
				({ ref }) => ref
			),
			questions: about.questions ? 'all' : contents.questions,
			told: () => leftOut(about, contents)
		}
	};
}

/** @throws Failure invalid with `file` for what is no package, and for a manifest that cannot be read */
async function readManifest(archive: Archive, paths: Paths): Promise<Package> {
	const at = (name: string) =>
		archive.names
			.filter((each) => basename(each).toLowerCase() === name)
			.sort((a, b) => a.split('/').length - b.split('/').length)[0];
	const scorm = at('imsmanifest.xml');
	const cmi5 = scorm ? undefined : at('cmi5.xml');
	const name = scorm ?? cmi5;
	if (!name)
		throw invalid({
			file: at('tincan.xml')
				? 'is a Tin Can package; export it as SCORM or cmi5'
				: 'is no SCORM or cmi5 package: it has no imsmanifest.xml and no cmi5.xml'
		});
	const root = await rootOf(archive, name, scorm ? 'manifest' : 'courseStructure').catch((error: unknown) => {
		if (error instanceof Refused) throw invalid({ file: `has a manifest that cannot be read: ${error.message}` });
		if (!(error instanceof Unreadable)) throw error;
		throw invalid({
			file: `has a manifest that cannot be read (${basename(name)}). ${error.message.replace(/\.$/, '')}`
		});
	});
	if (!root) throw invalid({ file: `has a manifest that is none: ${basename(name)} names nothing` });
	if (!scorm) return readCmi5(root, name, paths);
	const more = besideOf(root, name, paths);
	// Without it the package has its parts all the same.
	const beside = more ? await rootOf(archive, more, 'lom').catch(() => undefined) : undefined;
	return readScorm(root, name, paths, beside);
}

async function rootOf(archive: Archive, name: string, wanted: string): Promise<Element | undefined> {
	const bytes = await readBytes(archive, name, MANIFEST_BYTES);
	async function* whole() {
		yield bytes;
	}
	for await (const element of elementsIn(whole(), (each) => each === wanted)) return element;
	return undefined;
}

function plannedPage(archive: Archive, { name, title }: Content, contents: Contents): Plan['pages'][number] {
	return {
		...{ ref: name, title: title || titleOf(name), tags: [], attached: [] },
		at: archive.changedAt(name)?.toISOString(),
		async read() {
			const page = readPage(await readText(archive, name, PAGE_BYTES));
			if (page.asks && !contents.asks.includes(name)) contents.asks.push(name);
			return { html: page.html, title: title || page.title || titleOf(name) };
		}
	};
}

/** Few things stand in the check by themselves. */
function collectionsOf(list: readonly Content[], title: string): PlannedCollection[] {
	if (list.length <= MOST_CONTENT) return [];
	const parts = Math.ceil(list.length / IN_COLLECTION);
	return Array.from({ length: parts }, (_, index) => ({
		...{ ref: `all-${index + 1}`, title: parts === 1 ? title : `${title} (${index + 1})`, tags: [] },
		entries: list.slice(index * IN_COLLECTION, (index + 1) * IN_COLLECTION).map(({ name }) => name)
	}));
}
