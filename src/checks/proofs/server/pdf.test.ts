import { expect, test } from 'vitest';
import { proofSheet } from './pdf.ts';

const proof = {
	...{
		id: '0199d4a0-0000-7000-8000-000000000001',
		person: 'Łucja Ελένη Щербакова-Müller',
		title: 'Lift the pallet jack safely'
	},
	objectives: ['Looks at the load before lifting', 'Knows when two people are needed'],
	...{ passedAt: '2030-05-06T10:00:00.000Z', validUntil: '2031-05-06T10:00:00.000Z', state: 'valid' as const },
	issuer: 'Hartmann & Söhne'
};
const address = 'https://trellis.example.org/proofs/0199d4a0-0000-7000-8000-000000000001?key=abc';

async function read(pdf: Buffer) {
	const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const document = await getDocument({ data: new Uint8Array(pdf) }).promise;
	const page = await document.getPage(1);
	const { items } = await page.getTextContent();
	return { pages: document.numPages, text: items.map((one) => ('str' in one ? one.str : '')).join(' ') };
}

test('the sheet is one page that says who passed what, until when, and where to check it', async () => {
	const { pages, text } = await read(await proofSheet(proof, address, 'en'));
	expect(pages).toBe(1);
	for (const said of [proof.person, proof.title, proof.issuer, '6 May 2030', '6 May 2031', ...proof.objectives])
		expect(text.replace(/\s/g, '')).toContain(said.replace(/\s/g, ''));
	expect(text.replace(/\s/g, '')).toContain(address);
});

test('long names and many objectives stay on the one page', async () => {
	const long = { ...proof, person: 'Maximiliane-Annegret '.repeat(9), title: 'A very long title '.repeat(11) };
	const objectives = Array.from({ length: 40 }, (_, at) => `Objective ${at} `.repeat(12));
	const { pages, text } = await read(await proofSheet({ ...long, objectives, validUntil: null }, address, 'de'));
	expect(pages).toBe(1);
	expect(text).toContain('and 34 more');
	expect(text).toContain('No end');
});
