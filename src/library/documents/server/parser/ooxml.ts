import { posix } from 'node:path';
import type { Out } from './out.ts';
import { readXml } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** What a part of an Office file refers to, by the id it uses. */
export type Relations = Map<string, { type: string; target: string }>;

/** @param name of the part, such as `ppt/slides/slide1.xml` */
export async function relationsOf(zip: Zip, name: string): Promise<Relations> {
	const relations: Relations = new Map();
	const { dir, base } = posix.parse(name);
	const list = posix.join(dir, '_rels', `${base}.rels`);
	if (!zip.has(list)) return relations;
	await readXml(zip.open(list), {
		open(element, attribute) {
			// What lies elsewhere is never fetched.
			if (element !== 'Relationship' || attribute('TargetMode') === 'External') return;
			const target = attribute('Target');
			relations.set(attribute('Id'), {
				type: posix.basename(attribute('Type')),
				target: target.startsWith('/') ? target.slice(1) : posix.join(dir, target)
			});
		}
	});
	return relations;
}

/** The first part of a type that a part refers to. */
export const related = (relations: Relations, type: string): string | undefined =>
	[...relations.values()].find((one) => one.type === type)?.target;

/** The part that holds the document itself. */
export async function mainPart(zip: Zip, fallback: string): Promise<string> {
	return related(await relationsOf(zip, ''), 'officeDocument') ?? fallback;
}

/** What every Office file may carry: programs, which are never run, and a small picture of itself. */
export async function tellExtras(zip: Zip, out: Out): Promise<void> {
	if (zip.names.some((name) => /vbaProject\.bin$/i.test(name)))
		out.note('It contains macros (programs). They were not run; be careful when you open the original.');
	const cover = related(await relationsOf(zip, ''), 'thumbnail');
	if (cover && zip.has(cover) && /\.(jpe?g|png)$/i.test(cover)) out.cover(await zip.bytes(cover, 2 * 1024 ** 2));
}
