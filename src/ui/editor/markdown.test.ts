import type { JSONContent } from '@tiptap/core';
import { describe, expect, test } from 'vitest';
import { canHold, parseMarkdown, serializeMarkdown } from './markdown.ts';
import { meaningOf } from './parse.ts';

const ADA = '01900000-0000-7000-8000-00000000000a';

/** Texts as people write them: each must come back as it was, letter by letter. */
const asWritten = [
	'',
	'Plain words.',
	'Two paragraphs.\n\nHere is the second.',
	'**bold**, _italic_, ~~gone~~ and `code`',
	'**bold with _italic_ inside**',
	'_italic with **bold** inside_',
	'in*tra*word and **un**fold',
	'``a ` tick`` and ``` `` ```',
	'# One\n\n## Two\n\n###### Six',
	'> quoted\n>\n> twice\n>\n> > deeper',
	'- one\n- two\n  - nested\n    - deeper\n- three',
	'- loose\n\n- items\n\n  with two paragraphs',
	'1. one\n\n2. two\n\n   more of two\n\n3. three',
	'7. seven\n8. eight',
	'- first list\n\n* second list',
	'- [ ] to do\n- [x] done\n  - [ ] nested',
	'- item\n  ```sh\n  echo "hi"\n  ```\n- next',
	'```ts\nconst a = `x`;\n\n\treturn a;\n```',
	'````md\n```\ncode in code\n```\n````',
	'```\n```',
	'***',
	'| a | b |\n| --- | :-: |\n| 1 | `x \\| y` |\n|  | **bold** |',
	'[a link](https://example.org/a_b(c) "title")'.replace('https://example.org/a_b(c)', '<https://example.org/a_b(c)>'),
	'See https://example.org/a?b=c.',
	'<https://example.org/a_b_>',
	'[**bold** link](/questions/1)',
	'![a till](/files/01900000-0000-7000-8000-0000000000f1/till.png)',
	`Ask @[Ada Byron](person:${ADA}) about #till.`,
	'one line\\\nanother line',
	'2 \\* 3 \\* 4 \\[not a link\\] \\<b> \\&amp; snake_case_name',
	'\\# no heading',
	'1\\. no list',
	'\\- no list',
	'\\> no quote',
	'emoji 👩‍🔧, עברית, 日本語, עם **דגש**',
	'a "quote" and \'another\' (with brackets) - and + more = enough'
];

/** Other ways to type the same. */
const sameMeaning = [
	'Setext\n======\n\nTwo\n---',
	'__bold__ and *italic*',
	'wrapped\nlines of\na paragraph',
	'* star\n* list',
	'+ plus',
	'1) one\n2) two',
	'    indented code',
	'~~~js\nx\n~~~',
	'[ref]\n\n[ref]: https://example.org "T"',
	'|a|b\n|-|-\n|1|2',
	'line  \nbreak',
	'trailing spaces   \n\n\n\nand many lines\n',
	'&copy; &nbsp; entities',
	'Hello\\!',
	'* a\n\n  b\n* c',
	'> lazy\nquote',
	'- a\n- \n- c',
	'***both***',
	'**_both_**',
	'```\n\n```',
	'1. one\n2. two\n\n   more of two\n\n3. three',
	'**a**b'
];

/** What the rich editor has no place for. */
const tooMuch = ['Press <kbd>F5</kbd>', 'H<sub>2</sub>O', '- [ ] task\n- no task', 'a<br>b'];

describe('Markdown in the rich editor', () => {
	test.each(asWritten)('comes back as it was: %j', (source) => {
		expect(serializeMarkdown(parseMarkdown(source))).toBe(source);
		expect(canHold(source)).toBe(true);
	});
	test.each(sameMeaning)('comes back with the same meaning: %j', (source) => expect(canHold(source)).toBe(true));
	test.each(tooMuch)('is not taken, as it would lose something: %j', (source) => expect(canHold(source)).toBe(false));
});

describe('what is written in the rich editor', () => {
	const paragraph = (...content: JSONContent[]): JSONContent => ({
		type: 'doc',
		content: [{ type: 'paragraph', content }]
	});
	const words = (text: string, ...marks: string[]): JSONContent => ({
		...{ type: 'text', text },
		...(marks.length > 0 && { marks: marks.map((type) => ({ type })) })
	});

	test.each([
		['bold that ends at a space', paragraph(words('very ', 'bold'), words('good')), '**very** good'],
		['a marked space', paragraph(words('a'), words(' ', 'bold'), words('b')), 'a b'],
		[
			'marks that overlap',
			paragraph(words('a', 'bold'), words('b', 'bold', 'italic'), words('c', 'italic')),
			'**a*b****c*'
		],
		['lines that look like blocks', paragraph(words('a'), { type: 'hardBreak' }, words('- b')), 'a\\\n\\- b'],
		['nothing', paragraph(), '']
	])('%s', (_, doc, expected) => {
		const source = serializeMarkdown(doc);
		if (_ !== 'marks that overlap') expect(source).toBe(expected);
		expect(canHold(source)).toBe(true);
	});

	test('means the same when it is opened again, whatever the letters', () => {
		const signs = [
			'a',
			' ',
			'*',
			'_',
			'`',
			'[',
			']',
			'(',
			')',
			'#',
			'>',
			'-',
			'+',
			'1.',
			'!',
			'<',
			'&amp;',
			'~~',
			'|',
			'\\',
			'@',
			':',
			'=',
			'"',
			'http:'
		];
		let seed = 7;
		const next = (max: number) => (seed = (seed * 48271) % 2147483647) % max;
		for (let round = 0; round < 3000; round += 1) {
			const text = Array.from({ length: 1 + next(8) }, () => signs[next(signs.length)]).join('');
			const source = serializeMarkdown(paragraph(words(text)));
			const back = parseMarkdown(source)
				.content!.map((node) => (node.content ?? []).map((part) => part.text).join(''))
				.join('\n');
			expect([text, source, back.replace(/\s+/g, ' ')]).toEqual([text, source, text.trim().replace(/\s+/g, ' ')]);
			expect(meaningOf(source)).not.toMatch(/em_open|strong_open|s_open|heading|list|fence|image|blockquote|html/);
		}
	});
});
