import { zipOf, type Entry } from '#src/core/export/server/zip.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { NotCarried } from '../carried.ts';
import { nameOf, type Kept } from '../kept.ts';
import { escapeXml } from '#src/platform/server/xml-tree.ts';
import { MANIFEST } from './manifest.ts';
import { asVersion3 } from './names.ts';
import { itemXml, SPACES } from './write-item.ts';

export interface PackageOf {
	title: string;
	version: '2.1' | '3.0';
}

/** Writes questions as a QTI package: an item each, their pictures, a test with a section for each objective. */
export function writePackage(
	questions: AsyncIterable<Kept>,
	report: FileReport,
	about: PackageOf
): AsyncGenerator<Uint8Array> {
	return zipOf(entries(questions, report, about));
}

interface Written {
	id: string;
	title: string;
	objective: string;
	files: string[];
}

async function* entries(
	questions: AsyncIterable<Kept>,
	report: FileReport,
	{ title, version }: PackageOf
): AsyncGenerator<Entry> {
	const written: Written[] = [];
	const media = new Set<string>();
	const inVersion = (xml: string) => (version === '3.0' ? asVersion3(xml) : xml);
	for await (const kept of questions) {
		report.read += 1;
		const where = { line: 0, what: `“${nameOf(kept)}”` };
		try {
			const xml = itemXml(kept, version, (reason) => change(report, { ...where, reason }));
			yield { path: `items/${kept.id}.xml`, content: `<?xml version="1.0" encoding="UTF-8"?>\n${inVersion(xml)}` };
			for (const { name, bytes } of kept.files.values()) {
				const path = `media/${kept.id}/${name}`;
				if (media.has(path)) continue;
				media.add(path);
				yield { path, packed: true, content: once(bytes) };
			}
			written.push({
				id: kept.id,
				title: nameOf(kept),
				objective: kept.objective,
				files: [...kept.files.values()].map(({ name }) => `media/${kept.id}/${name}`)
			});
			report.written += 1;
			if (kept.content.parts.length > 0) leaveOut(report, 'parts of the content that questions rest on');
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...where, reason: error.message });
		}
	}
	yield {
		path: 'test.xml',
		content: `<?xml version="1.0" encoding="UTF-8"?>\n${inVersion(testXml(title, version, written))}`
	};
	yield { path: MANIFEST, content: manifestXml(version, written) };
}

async function* once(bytes: () => Promise<Buffer>): AsyncGenerator<Uint8Array> {
	yield await bytes();
}

function testXml(title: string, version: '2.1' | '3.0', written: Written[]): string {
	const sections = [...new Set(written.map(({ objective }) => objective))].map((objective, n) => {
		const refs = written
			.filter((each) => each.objective === objective)
			.map(({ id }) => `<assessmentItemRef identifier="R${id}" href="items/${id}.xml"/>`);
		return `<assessmentSection identifier="S${n + 1}" title="${escapeXml(objective)}" visible="true">${refs.join('\n')}</assessmentSection>`;
	});
	return `<assessmentTest xmlns="${SPACES[version]}" identifier="T1" title="${escapeXml(title)}"><testPart identifier="P1" navigationMode="nonlinear" submissionMode="simultaneous">${sections.join('\n')}</testPart></assessmentTest>`;
}

function manifestXml(version: '2.1' | '3.0', written: Written[]): string {
	const kind = version === '3.0' ? 'v3p0' : 'v2p1';
	const items = written.map(
		({ id, files }) =>
			`<resource identifier="I${id}" type="imsqti_item_xml${kind}" href="items/${id}.xml"><file href="items/${id}.xml"/>${files.map((file) => `<file href="${escapeXml(encodeURI(file))}"/>`).join('')}</resource>`
	);
	const test = `<resource identifier="T1" type="imsqti_test_xml${kind}" href="test.xml"><file href="test.xml"/>${written.map(({ id }) => `<dependency identifierref="I${id}"/>`).join('')}</resource>`;
	const schema = version === '3.0' ? ['QTI Package', '3.0.0'] : ['QTIv2.1 Package', '1.0.0'];
	return `<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="http://www.imsglobal.org/xsd/${version === '3.0' ? 'qti/qtiv3p0/imscp_v1p1' : 'imscp_v1p1'}" identifier="M1"><metadata><schema>${schema[0]}</schema><schemaversion>${schema[1]}</schemaversion></metadata><organizations/><resources>${test}\n${items.join('\n')}</resources></manifest>\n`;
}
