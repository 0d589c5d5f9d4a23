import { expect, test } from 'vitest';
import { decodeText } from './charset.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]); // Windows-1251
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]);

test.each([
	['a mark wins over the header', utf16, 'text/html; charset=utf-8', 'Grüße'],
	['a mark of UTF-8 is not part of the text', Buffer.from('\ufeffGrüße'), '', 'Grüße'],
	['the header', cyrillic, 'text/html; charset="windows-1251"', 'Привет'],
	[
		'what the page says',
		Buffer.concat([latin('<meta charset=windows-1251>'), cyrillic]),
		'text/html',
		'<meta charset=windows-1251>Привет'
	],
	[
		'what an XML page says',
		Buffer.concat([latin('<?xml version="1.0" encoding="windows-1251"?>'), cyrillic]),
		'',
		'<?xml version="1.0" encoding="windows-1251"?>Привет'
	],
	[
		'a header that is wrong gives way to the page',
		Buffer.concat([latin('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'), cyrillic]),
		'text/html; charset=utf-8',
		'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Привет'
	],
	['a header that is wrong and nothing else', latin('Grüße und Küsse'), 'text/html; charset=utf-8', 'Grüße und Küsse'],
	[
		'a header that is wrong, of a text that is markup for the most part',
		latin(`${'<p class="a"></p>'.repeat(90)}Größe`),
		'text/html; charset=utf-8',
		`${'<p class="a"></p>'.repeat(90)}Größe`
	],
	['an unknown label', Buffer.from('Grüße'), 'text/html; charset=klingon', 'Grüße'],
	['UTF-16 claimed in ASCII', Buffer.from('<meta charset=utf-16>Grüße'), '', '<meta charset=utf-16>Grüße'],
	['nothing at all', Buffer.from('Grüße'), '', 'Grüße'],
	[
		'a body cut within a letter',
		Buffer.from(`${'Grüße '.repeat(40)}ü`).subarray(0, -1),
		'text/html; charset=utf-8',
		`${'Grüße '.repeat(40)}\ufffd`
	]
])('%s', (_name, bytes, header, text) => expect(decodeText(bytes, header)).toBe(text));
