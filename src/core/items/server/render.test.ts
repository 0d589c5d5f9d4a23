import { describe, expect, test } from 'vitest';
import { linksAloneIn, mentionsIn, plainText, renderMarkdown } from './render.ts';

const ADA = '01900000-0000-7000-8000-00000000000a';
const FILE = '01900000-0000-7000-8000-0000000000f1';

describe('what a text can hold', () => {
	test.each([
		[
			'a table',
			'|a|b|\n|-|:-:|\n|1|2|',
			/<div class="table" tabindex="0"><table>.*<td style="text-align:center">2<\/td>/s
		],
		['strikethrough', '~~no~~', '<p><s>no</s></p>'],
		['an address', 'see https://example.org/a?b=1.', '<a href="https://example.org/a?b=1" rel="nofollow noopener">'],
		['an address in the house', '[q](/questions/1)', '<a href="/questions/1">q</a>'],
		['no address', 'readme.md and example.org', '<p>readme.md and example.org</p>'],
		['a task to do', '- [ ] call', '<li class="task"><input type="checkbox" disabled aria-label="To do" />call'],
		['a task done', '- [x] call', '<input type="checkbox" disabled aria-label="Done" checked />call'],
		['no task', '- \\[ \\] call', '<li>[ ] call</li>'],
		['code in a language', '```ts\nconst a = 1;\n```', '<span class="hljs-keyword">const</span>'],
		['code in no language', '```nonsense\n<a>\n```', '<code class="language-nonsense">&lt;a&gt;'],
		['a heading to link to', '# Reset the till', '<h2 id="h-reset-the-till">Reset the till</h2>'],
		['two headings of a name', '# A\n# A', '<h2 id="h-a">A</h2>\n<h2 id="h-a-2">A</h2>'],
		['a key', 'Press <kbd>F5</kbd>', '<p>Press <kbd>F5</kbd></p>'],
		['a tag', 'about #Till-2.', '<a href="/questions?tag=till-2" class="tag">#Till-2</a>.'],
		['a language as a tag', '(#c++)', '<a href="/questions?tag=c%2B%2B" class="tag">#c++</a>'],
		['no tag', 'a#b #1 [x#y](/z#w) `#c`', '<p>a#b #1 <a href="/z#w">x#y</a> <code>#c</code></p>'],
		['a plain @', 'mail me @home or a@b.org', '<p>mail me @home or a@b.org</p>']
	])('%s', (_, source, expected) => {
		const html = renderMarkdown(source);
		if (typeof expected === 'string') expect(html).toContain(expected);
		else expect(html).toMatch(expected);
	});

	test('a mention, by the name the person has', () => {
		const source = `Ask @[The Boss](person:${ADA}) please`;
		expect(renderMarkdown(source, { people: new Map([[ADA, 'Ada <b>']]) })).toBe(
			`<p>Ask <a href="/people/${ADA}" class="mention">@Ada &lt;b&gt;</a> please</p>\n`
		);
		expect(renderMarkdown(source)).toBe('<p>Ask @The Boss please</p>\n');
		expect(mentionsIn(`${source} ${source.toUpperCase()}`)).toEqual([ADA]);
	});

	test('an image of the house with its size, one of others as a link', () => {
		const files = new Map([[FILE, { width: 640, height: 480 }]]);
		expect(renderMarkdown(`![Till](/files/${FILE}/till.png)`, { files })).toBe(
			`<p><img src="/files/${FILE}/till.png" alt="Till" width="640" height="480" loading="lazy" /></p>\n`
		);
		expect(renderMarkdown('![x](https://tracker.example/1.png)')).toBe(
			'<p><a href="https://tracker.example/1.png" rel="nofollow noopener">x</a></p>\n'
		);
	});

	test('a card for a link that stands alone', () => {
		const url = 'https://example.org/a';
		const previews = new Map([[url, { title: 'The <Title>', site: 'example.org', description: '' }]]);
		expect(linksAloneIn(`Look:\n\n${url}\n\nand ${url}/b\n\n- [a](${url})`)).toEqual([url]);
		expect(renderMarkdown(url, { previews })).toBe(
			`<p><a class="link-card" href="${url}" rel="nofollow noopener"><span class="link-card-title">The &lt;Title&gt;</span> <span class="link-card-site">example.org</span></a></p>\n`
		);
	});
});

describe('nothing that runs', () => {
	const vectors = [
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'<svg/onload=alert(1)>',
		'<kbd onclick=alert(1)>x</kbd>',
		'<br onmouseover="alert(1)">',
		'<sub style="position:fixed">x</sub>',
		'[a](javascript:alert(1))',
		'[a](JaVaScRiPt:alert(1))',
		'[a](java\tscript:alert(1))',
		'[a](&#106;avascript:alert(1))',
		'[a](javascript&colon;alert(1))',
		'[a](\u0001javascript:alert(1))',
		'[a](data:text/html;base64,PHNjcmlwdD4=)',
		'[a](vbscript:msgbox)',
		'[a](//evil.example)',
		'<javascript:alert(1)>',
		'![a](javascript:alert(1))',
		'![a](data:image/svg+xml;base64,PHN2Zz4=)',
		'![a"onerror="alert(1)](/files/01900000-0000-7000-8000-0000000000f1/a.png)',
		'![a](/files/01900000-0000-7000-8000-0000000000f1/a.png"onerror="alert(1))',
		'![x" onerror="alert(1)](https://a.example/"onerror="alert(1))',
		'[a](https://a.example "title\\" onclick=alert(1)")',
		'[a]: javascript:alert(1)\n[a]',
		'```html"><script>alert(1)</script>\nx\n```',
		'```x onmouseover=alert(1)\nx\n```',
		'`<script>`',
		'# <img src=x onerror=alert(1)>',
		'#<script>alert(1)</script>',
		'#a"onclick="alert(1)',
		`@[<script>alert(1)</script>](person:${ADA})`,
		`@[x](person:${ADA}"onclick=alert(1))`,
		'|<script>|\n|-|\n|<img src=x onerror=alert(1)>|',
		'- [x] <script>alert(1)</script>',
		'https://a.example/"onmouseover="alert(1)',
		'https://a.example/<script>',
		'&lt;script&gt;alert(1)&lt;/script&gt;',
		'<a href="javascript:alert(1)">x</a>',
		'<iframe src=//evil.example>',
		'<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
		'<form action=//evil.example><input name=password>',
		'<!--<img src="--><img src=x onerror=alert(1)//">',
		'<![CDATA[<script>alert(1)</script>]]>',
		'<style>@import "//evil.example"</style>',
		'<base href=//evil.example>',
		'<meta http-equiv=refresh content="0;url=//evil.example">',
		'<a id=location>x</a><form name=body>',
		'\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>'
	];
	const tag = /<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi;

	test.each(vectors)('%s', (source) => {
		const people = new Map([[ADA, '"><img src=x onerror=alert(1)>']]);
		const html = renderMarkdown(source, { people });
		expect(html.replace(tag, '').replace(/<\/[a-z][a-z0-9]*>/g, '')).not.toMatch(/</);
		for (const [, name, attributes] of html.matchAll(tag)) {
			expect(name).not.toMatch(/^(script|svg|iframe|math|style|form|base|meta|object|embed)$/i);
			expect(attributes!.replace(/"[^"]*"/g, '')).not.toMatch(/\bon[a-z]+=/i);
			expect(attributes).not.toMatch(/(href|src)="(?!https?:|\/[^/]|mailto:|#)/i);
			if (name === 'input') expect(attributes).toMatch(/type="checkbox" disabled/);
		}
	});

	test('an entity cannot turn a text around', () => {
		expect(renderMarkdown('a&#x202e;b&#8294;c')).toBe('<p>abc</p>\n');
	});
});

describe('the time is bounded', () => {
	const parts = [
		'[',
		'*',
		'>',
		'![',
		'<',
		'`',
		'*a_',
		'[a](',
		'- ',
		'  - ',
		'|a|\n|-|\n',
		'#a ',
		'@[a](',
		'http://',
		'\\',
		'> - ',
		'- [ ] a\n',
		'(((',
		'[a]: b\n'
	];
	const inputs: [string, string][] = [
		...parts.map((part): [string, string] => [part, part.repeat(100_000 / part.length)]),
		['deep quotes', `${'> '.repeat(49_999)}a`],
		['deep lists', Array.from({ length: 600 }, (_, depth) => `${'  '.repeat(depth % 300)}- a`).join('\n')],
		['slow code', `\`\`\`csharp\n${'x'.repeat(390)}\n`.repeat(250)]
	];
	test.each(inputs)(
		'for 100,000 characters of %s',
		(_, source) => {
			renderMarkdown(source);
			plainText(renderMarkdown(source.slice(0, 100_000)));
		},
		6_000
	);
});

describe('plain text', () => {
	test.each([
		['a &amp;lt; b', 'a &lt; b'],
		['1 < 2 & 3 > 2 "q" \'s\'', '1 < 2 & 3 > 2 "q" \'s\''],
		['&copy; &nbsp;x', '© x'],
		['`<b>`', '<b>'],
		['# One\ntwo\n\n- three\n- four', 'One two three four'],
		['|a|b|\n|-|-|\n|c|d|', 'a b c d'],
		['x<br>y', 'x y'],
		[`![A "till"](/files/${FILE}/a.png)`, 'A "till"'],
		['```ts\nif (a < b) {}\n```', 'if (a < b) {}']
	])('of %s', (source, expected) => {
		expect(plainText(renderMarkdown(source))).toBe(expected);
	});

	test('is cut at a whole character', () => {
		expect(plainText('<p>abc👩👩</p>', 5)).toBe('abc…');
		expect(plainText('<p>abc</p>', 3)).toBe('abc');
	});
});
