import { encode } from 'uqr';
import { A4, ACCENT, INK, LINE, SOFT, writePdf, type Sheets as Sheet } from '#src/platform/server/pdf.ts';
import { dayInWords } from '#src/platform/day.ts';
import type { ProofView } from '../proof.ts';

const PAGE = { ...A4, margin: 64 };
const WIDTH = PAGE.width - 2 * PAGE.margin;

/**
 * A proof as one sheet to print or send.
 * @param address where anybody can check it: stands on the sheet, and as a QR code
 */
export const proofSheet = (proof: ProofView, address: string, language: string): Promise<Buffer> =>
	writePdf(
		{
			...{ title: `${proof.title}: ${proof.person}`, author: proof.issuer, subject: 'Proof of passing' },
			margin: PAGE.margin
		},
		(sheet) => draw(sheet, proof, address, language)
	);

function draw(sheet: Sheet, proof: ProofView, address: string, language: string): void {
	const { margin } = PAGE;
	sheet.rect(0, 0, PAGE.width, 8).fill(ACCENT);
	sheet.font('strong').fontSize(13).fillColor(ACCENT).text(proof.issuer, margin, 72, { width: WIDTH });
	sheet.font('text').fontSize(11).fillColor(SOFT).text('Proof of passing', margin, 92, { width: WIDTH });

	sheet.font('strong').fillColor(INK);
	fitted(sheet, proof.person, 34, 190, 90);
	sheet
		.font('text')
		.fontSize(13)
		.fillColor(SOFT)
		.text('has passed the check', margin, sheet.y + 10);
	sheet.font('strong').fillColor(INK);
	fitted(sheet, proof.title, 24, sheet.y + 10, 110);
	objectives(sheet, proof.objectives);
	dates(sheet, proof, language);
	check(sheet, proof, address);
}

/** Text in the largest size in which it takes no more height than there is. */
function fitted(sheet: Sheet, text: string, size: number, top: number, height: number): void {
	let points = size;
	while (points > 12 && sheet.fontSize(points).heightOfString(text, { width: WIDTH, lineGap: 2 }) > height) points -= 1;
	sheet.fontSize(points).text(text, PAGE.margin, top, { width: WIDTH, lineGap: 2, height, ellipsis: true });
}

const MOST_OBJECTIVES = 7;

function objectives(sheet: Sheet, all: string[]): void {
	if (all.length === 0) return;
	sheet
		.font('text')
		.fontSize(11)
		.fillColor(SOFT)
		.text('Cases from the job were answered right:', PAGE.margin, sheet.y + 22);
	sheet.fontSize(12).fillColor(INK);
	const shown = all.length > MOST_OBJECTIVES ? all.slice(0, MOST_OBJECTIVES - 1) : all;
	for (const each of shown) bullet(sheet, each);
	if (all.length > shown.length) bullet(sheet, `and ${all.length - shown.length} more`);
}

function bullet(sheet: Sheet, text: string): void {
	const top = sheet.y + 6;
	sheet.circle(PAGE.margin + 3, top + 8, 2).fill(ACCENT);
	sheet.fillColor(INK).text(text, PAGE.margin + 16, top, { width: WIDTH - 16, height: 32, ellipsis: true });
}

function dates(sheet: Sheet, { passedAt, validUntil }: ProofView, language: string): void {
	const top = 590;
	const day = (time: string) => dayInWords(time.slice(0, 10), language);
	const column = (label: string, value: string, left: number) => {
		sheet.font('text').fontSize(10).fillColor(SOFT).text(label, left, top);
		sheet
			.font('strong')
			.fontSize(13)
			.fillColor(INK)
			.text(value, left, top + 16);
	};
	column('Passed on', day(passedAt), PAGE.margin);
	column('Valid until', validUntil ? day(validUntil) : 'No end', PAGE.margin + WIDTH / 2);
}

const QR_SIZE = 104;

function check(sheet: Sheet, { id, state }: ProofView, address: string): void {
	const { margin } = PAGE;
	const top = 660;
	sheet
		.moveTo(margin, top - 14)
		.lineTo(margin + WIDTH, top - 14)
		.lineWidth(1)
		.stroke(LINE);
	code(sheet, address, margin, top + 4);
	const left = margin + QR_SIZE + 20;
	const width = WIDTH - QR_SIZE - 20;
	sheet
		.font('strong')
		.fontSize(12)
		.fillColor(INK)
		.text('Is it real, and does it still hold?', left, top + 6, { width });
	sheet
		.font('text')
		.fontSize(10.5)
		.fillColor(SOFT)
		.text('Open this address, or read the code with a telephone:', left, sheet.y + 4, { width });
	sheet.fillColor(ACCENT).text(address, left, sheet.y + 2, { width, link: address, height: 44 });
	sheet
		.fontSize(9)
		.fillColor(SOFT)
		.text(`Proof ${id}`, left, top + 92, { width });
	if (state === 'withdrawn')
		sheet.font('strong').fontSize(12).fillColor('#a3262a').text('This proof was withdrawn.', margin, 140);
}

/** The address as squares that stay sharp at any size. */
function code(sheet: Sheet, text: string, left: number, top: number): void {
	const { data, size } = encode(text, { ecc: 'M', border: 0 });
	const unit = QR_SIZE / size;
	for (const [y, line] of data.entries())
		for (const [x, isDark] of line.entries())
			if (isDark) sheet.rect(left + x * unit, top + y * unit, unit + 0.05, unit + 0.05);
	sheet.fill(INK);
}
