import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { NotCarried } from '../carried.ts';
import { categoryPath } from '../category.ts';
import { nameOf, withFiles, type Kept } from '../kept.ts';
import { markdownToHtml } from '../text.ts';
import { escapeXml } from '#src/platform/server/xml-tree.ts';
import { bodyOf } from './bodies.ts';
import type { Body } from './writing.ts';

/** Writes questions in Moodle's XML, one by one. */
export async function* writeMoodle(questions: AsyncIterable<Kept>, report: FileReport): AsyncGenerator<string> {
	yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n';
	let objective: string | undefined;
	for await (const kept of questions) {
		report.read += 1;
		const where = { line: 0, what: `“${nameOf(kept)}”` };
		const text = (markdown: string) => cdata(withFiles(markdownToHtml(markdown), kept.files, pluginFile));
		try {
			const body = bodyOf({ kept, text, changed: (reason) => change(report, { ...where, reason }) });
			if (kept.objective !== objective) yield category((objective = kept.objective));
			yield await questionOf(kept, body, text);
			report.written += 1;
			if (kept.content.parts.length > 0) leaveOut(report, 'parts of the content that questions rest on');
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...where, reason: error.message });
		}
	}
	yield '</quiz>\n';
}

const pluginFile = ({ name }: { name: string }) => `@@PLUGINFILE@@/${name}`;
const cdata = (html: string) => `<text><![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]></text>`;

const category = (objective: string) =>
	`<question type="category"><category><text>${escapeXml(categoryPath(objective))}</text></category></question>\n`;

async function questionOf(
	kept: Kept,
	{ type, prompt, rest }: Body,
	text: (markdown: string) => string
): Promise<string> {
	const files: string[] = [];
	for (const file of kept.files.values())
		files.push(
			`<file name="${escapeXml(file.name)}" path="/" encoding="base64">${(await file.bytes()).toString('base64')}</file>`
		);
	// The picture of a marker question belongs to the question, all others to its text.
	const [inText, beside] = type === 'ddmarker' ? ['', files.join('')] : [files.join(''), ''];
	return [
		`<question type="${type}">`,
		`<name><text>${escapeXml(nameOf(kept))}</text></name>`,
		`<questiontext format="html">${prompt}${inText}</questiontext>`,
		`<generalfeedback format="html">${text(kept.content.why)}</generalfeedback>`,
		'<defaultgrade>1.0000000</defaultgrade><penalty>0</penalty><hidden>0</hidden>',
		`<idnumber>${kept.id}</idnumber>`,
		`${rest}${beside}</question>\n`
	].join('\n');
}
