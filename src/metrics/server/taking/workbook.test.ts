import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { linesOfWorkbook } from './workbook.ts';

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A workbook with a hidden sheet before the one that counts. @param rows its XML */
const workbook = (rows: string, more: Record<string, string> = {}) =>
	zipSync(
		Object.fromEntries(
			Object.entries({
				'xl/workbook.xml': `<workbook ${main} ${relations}><sheets><sheet name="Notes" state="hidden" r:id="r1"/><sheet name="Counts" r:id="r2"/></sheets></workbook>`,
				'xl/_rels/workbook.xml.rels':
					'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>',
				'xl/sharedStrings.xml': `<sst ${main}><si><t>Day</t></si><si><r><t>Val</t></r><r><t>ue</t></r></si><si><t>n/a</t></si></sst>`,
				'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="[Red]&quot;day&quot;0"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
				'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData/></worksheet>`,
				'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
				...more
			}).map(([name, text]) => [name, strToU8(text)])
		)
	);

const head = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';

test('a workbook is read as its cells show it: days, texts, results of formulas, and empty cells', async () => {
	const rows = `${head}<row r="3"><c r="A3" s="1"><v>46082</v></c><c r="B3" s="3"><f>1+1</f><v>41.5</v></c></row>
		<row r="4"><c r="A4" s="2"><v>46083.5</v></c><c r="B4" t="s"><v>2</v></c></row>
		<row r="5"><c r="A5" t="inlineStr"><is><t>2026-03-03</t></is></c></row>`;
	expect(await linesOfWorkbook(workbook(rows))).toEqual([
		{ line: 3, day: '2026-03-01', value: '41.5' },
		{ line: 4, day: '2026-03-02T12:00:00', value: 'n/a' },
		{ line: 5, day: '2026-03-03', value: '' }
	]);
	const mac = `<workbook ${main} ${relations}><workbookPr date1904="1"/><sheets><sheet name="Counts" r:id="r2"/></sheets></workbook>`;
	const row = `${head}<row r="2"><c r="A2" s="1"><v>${46082 - 1462}</v></c><c r="B2"><v>7</v></c></row>`;
	expect(await linesOfWorkbook(workbook(row, { 'xl/workbook.xml': mac }))).toMatchObject([
		{ day: '2026-03-01', value: '7' }
	]);
});

test('what is no workbook, has no columns, or unpacks to more than a table is refused', async () => {
	const refused = (content: Uint8Array) => expect(linesOfWorkbook(content)).rejects;
	await refused(zipSync({ 'word/document.xml': strToU8('<w/>') })).toMatchObject({ kind: 'invalid' });
	await refused(workbook(head).slice(0, 400)).toMatchObject({ kind: 'invalid' });
	await refused(workbook('<row r="1"><c r="A1" t="s"><v>2</v></c></row>')).toThrow(/column “day”/);
	await refused(workbook(`${head}<row`)).toMatchObject({ kind: 'invalid' });
	await refused(workbook(head, { 'xl/sharedStrings.xml': ' '.repeat(42_000_000) })).toThrow(/more than a table/);
	await refused(workbook(head, { 'xl/styles.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' })).toMatchObject({
		kind: 'invalid'
	});
});
