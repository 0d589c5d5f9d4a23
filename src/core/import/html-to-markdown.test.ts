import { expect, test } from 'vitest';
import { renderMarkdown } from '#src/core/items/server/render.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

test.each([
	['<p>One</p>\n\n<p>Two<br>lines</p>', 'One\n\nTwo  \nlines'],
	['<p><b>bold </b>and <i>thin</i>, <del>gone</del></p>', '**bold** and *thin*, ~~gone~~'],
	['<p>Write &amp;amp; for a sign, R&amp;D as it is</p>', 'Write \\&amp; for a sign, R&D as it is'],
	['<p>Press <kbd>F3</kbd>, H<sub>2</sub>O</p>', 'Press <kbd>F3</kbd>, H<sub>2</sub>O'],
	['<p>snake_case, 2 * 3 * 4, [x], #include and a\\b</p>', 'snake_case, 2 \\* 3 \\* 4, \\[x\\], \\#include and a\\\\b'],
	[
		'<p>1. not a list</p><p># not a heading</p><p>- nor this</p>',
		'1\\. not a list\n\n\\# not a heading\n\n\\- nor this'
	],
	['<pre class="lang-py"><code>a = "```"\n\n\n\nb\n</code></pre>', '````py\na = "```"\n\n\n\nb\n````'],
	['<p>Use <code>a `b`</code></p>', 'Use `` a `b` ``'],
	['<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '- a\n\n  - b\n- c'],
	['<ol start="3"><li>x</li><li>y</li></ol>', '3. x\n4. y'],
	['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
	[
		'<a href="http://x.org/a_(b)">see</a> <a href="https://x.org">https://x.org</a>',
		'[see](http://x.org/a_%28b%29) <https://x.org>'
	],
	['<a href="javascript:alert(1)">no</a><script>alert(1)</script><style>p{}</style>', 'no'],
	['<img src="/i.png" alt="a [b]">', '![a  b](/i.png)'],
	[
		'<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td></td></tr></table>',
		'| a | b\\|c |\n| --- | --- |\n| 1 |  |'
	],
	['<p>Write &lt;br&gt; and &lt;kbd&gt; here</p>', 'Write \\<br> and \\<kbd> here'],
	['<p>never closed <b>at <i>all', 'never closed **at *all***'],
	['', '']
])('%s', (html, markdown) => expect(htmlToMarkdown(html)).toBe(markdown));

test('words come out of the house as they went in', () => {
	const words = 'a_b *c* [d](e) `f` <script> & #g 1) ~~h~~ \\ | $i$';
	const html = `<p>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
	expect(renderMarkdown(htmlToMarkdown(html))).toBe(
		`<p>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>\n`
	);
});

test('nesting without end keeps the words', () => {
	const { length } = htmlToMarkdown(`${'<blockquote>'.repeat(50_000)}x`);
	expect(length).toBeLessThan(1000);
});
