import { posix } from 'node:path';
import { change, type FileReport } from '#src/core/import/report.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import type { Zip } from '#src/platform/server/zip.ts';
import { child, childrenOf, descendants, isElement, type Element } from '#src/platform/server/xml-tree.ts';
import { itemsIn } from './names.ts';

export interface Manifest {
	/** Files that hold an item, in the order of the manifest. */
	items: Set<string>;
	/** The section of the test that an item stands in, in the order of the test. */
	sections: Map<string, string>;
	/** Rules of the test that are not this house's. */
	rules: Set<string>;
}

export const MANIFEST = 'imsmanifest.xml';

/** Where the manifest of a package stands: some are packed with the folder around them. */
export const manifestIn = (zip: Zip): string | undefined =>
	zip.names.filter((name) => posix.basename(name) === MANIFEST).sort((a, b) => a.length - b.length)[0];

/** @throws Unreadable for a package without a manifest or without items */
export async function readManifest(zip: Zip, report: FileReport): Promise<Manifest> {
	const path = manifestIn(zip);
	if (!path) throw new Unreadable('The package has no imsmanifest.xml: it is no QTI package.');
	const folder = posix.dirname(path);
	const found: Manifest = { items: new Set(), sections: new Map(), rules: new Set() };
	const tests: string[] = [];
	let old = 0;
	for await (const resource of itemsIn(zip.open(path), 'resource')) {
		const { type = '', href } = resource.attributes;
		const file = href ?? child(resource, 'file')?.attributes.href;
		if (!file) continue;
		const at = posix.normalize(posix.join(folder, file));
		if (/^imsqti_item_xmlv(2p\d|3p0)/.test(type)) found.items.add(at);
		else if (/^imsqti_test_xmlv(2p\d|3p0)/.test(type)) tests.push(at);
		else if (/^imsqti_(xmlv1|.*v1p)/.test(type)) old += 1;
	}
	if (found.items.size === 0)
		throw new Unreadable(
			old > 0
				? 'The package holds QTI 1.2. Export it as QTI 2.1 or newer, or as Moodle XML.'
				: 'The package holds no questions in QTI 2 or 3.'
		);
	for (const test of tests) await readTest(zip, test, found, report);
	return found;
}

async function readTest(zip: Zip, path: string, found: Manifest, report: FileReport): Promise<void> {
	try {
		for await (const test of itemsIn(zip.open(path), 'assessmentTest')) {
			tellRules(test, found.rules);
			sectionsOf(test, posix.dirname(path), '', found.sections);
		}
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		change(report, {
			line: 0,
			what: path.slice(-120),
			reason: `the test cannot be read, so items have no objective: ${error.message}`
		});
	}
}

/** Sections within each other: the innermost name counts. */
function sectionsOf(parent: Element, folder: string, title: string, sections: Map<string, string>): void {
	for (const each of parent.children.filter(isElement)) {
		if (each.name === 'assessmentItemRef')
			sections.set(posix.normalize(posix.join(folder, each.attributes.href ?? '')), title);
		else
			sectionsOf(
				each,
				folder,
				each.name === 'assessmentSection' ? (each.attributes.title ?? title).slice(0, 200) : title,
				sections
			);
	}
}

function tellRules(test: Element, rules: Set<string>): void {
	const of = (...names: string[]) => descendants(test, ...names).length > 0;
	if (of('timeLimits')) rules.add('limits of time');
	if (
		of('preCondition', 'branchRule') ||
		childrenOf(test, 'testPart').some(({ attributes }) => attributes.navigationMode === 'linear')
	)
		rules.add('a forced order of questions');
	if (of('itemSessionControl')) rules.add('limits of attempts');
}
