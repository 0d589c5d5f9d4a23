import { posix } from 'node:path';
import { decodeText } from '#src/platform/server/charset.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { readHtmlInto } from './html.ts';
import type { Out } from './out.ts';
import { Sections } from './sections.ts';
import { readXml } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** A book: its chapters in the order in which they are read. */
export async function readEpub(zip: Zip, out: Out): Promise<void> {
	out.about('Book', 'section');
	if (zip.has('META-INF/rights.xml'))
		throw new Unreadable('The book is protected against copying; its text cannot be read.');
	let list = '';
	await readXml(zip.open('META-INF/container.xml'), {
		open: (name, attribute) => void (name === 'rootfile' && (list ||= attribute('full-path')))
	});
	const files = new Map<string, string>();
	const order: string[] = [];
	await readXml(zip.open(list), {
		open(name, attribute) {
			if (name === 'item') files.set(attribute('id'), posix.join(posix.dirname(list), decodeURI(attribute('href'))));
			else if (name === 'itemref') order.push(attribute('idref'));
		}
	});
	const sections = new Sections(out);
	let scripts = false;
	for (const id of order) {
		const name = files.get(id);
		if (!name || !zip.has(name)) continue;
		const html = decodeText(await zip.bytes(name, 20 * 1024 ** 2));
		scripts = readHtmlInto(html, (block) => sections.add(block)).scripts || scripts;
	}
	sections.end();
	if (scripts) out.note('It contains a script. It is not run here; be careful when you open the original.');
}
