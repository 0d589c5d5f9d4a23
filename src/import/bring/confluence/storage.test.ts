import { expect, test } from 'vitest';
import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';
import type { Surroundings } from './nodes.ts';
import { carryStorage } from './storage.ts';

const around: Surroundings = {
	page: (title, space) => (title === 'Wheels' && space !== 'OTHER' ? 'confluence/page-101' : undefined),
	numbered: (id) => (id === '101' ? 'confluence/page-101' : undefined),
	file: (name) => (/^(rim\.png|Plan\.png|spokes\.csv)$/.test(name) ? `confluence/attachments/101/${name}` : undefined),
	person: (key) => (key === 'u1' ? 'Ida Lund' : undefined)
};
const macro = (name: string, inner = '') =>
	`<ac:structured-macro ac:name="${name}" ac:schema-version="1">${inner}</ac:structured-macro>`;
const rich = (html: string) => `<ac:rich-text-body>${html}</ac:rich-text-body>`;
const told = (name: string, value: string) => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const plain = (text: string) => `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`;

test.each<[string, string, string]>([
	['entities of HTML', '<p>Caf&eacute;&nbsp;&amp; tea</p>', 'Café\u00a0& tea'],
	[
		'a page by its title',
		'<p><ac:link><ri:page ri:content-title="Wheels" /></ac:link></p>',
		'[Wheels](confluence/page-101)'
	],
	[
		'a page with words and a place',
		'<ac:link ac:anchor="Front fork"><ri:page ri:content-title="Wheels" /><ac:plain-text-link-body><![CDATA[a < b]]></ac:plain-text-link-body></ac:link>',
		'[a < b](confluence/page-101#h-front-fork)'
	],
	[
		'a page by its number',
		'<a href="https://wiki.example/pages/viewpage.action?pageId=101">it</a>',
		'[it](confluence/page-101)'
	],
	['a page by its address', '<a href="/display/BIKE/Wheels">it</a>', '[it](confluence/page-101)'],
	['a page elsewhere', '<ac:link><ri:page ri:space-key="OTHER" ri:content-title="Wheels"/></ac:link>', 'Wheels'],
	['a person', '<ac:link><ri:user ri:userkey="u1"/></ac:link>', 'Ida Lund'],
	[
		'a picture',
		'<ac:image ac:alt="Rim"><ri:attachment ri:filename="rim.png"/></ac:image>',
		'![Rim](confluence/attachments/101/rim.png)'
	],
	[
		'a file',
		macro('view-file', told('name', '<ri:attachment ri:filename="spokes.csv"/>')),
		'[spokes.csv](confluence/attachments/101/spokes.csv)'
	],
	['code', macro('code', told('language', 'bash') + plain('a && b > c')), '```bash\na && b > c\n```'],
	[
		'code with the end of CDATA in it',
		macro('code', plain('x]]]] ><![CDATA[>y').replace(']]></ac', ']] ></ac')),
		'```\nx]]>y\n```'
	],
	['a warning', macro('warning', told('title', 'Careful') + rich('<p>Cuts.</p>')), '> **Careful**\n>\n> Cuts.'],
	['a note without a title', macro('note', rich('<p>Cuts.</p>')), '> **Note**\n>\n> Cuts.'],
	['an information', macro('info', rich('<p>So.</p>')), '> So.'],
	['a panel', macro('panel', told('title', 'Tools') + rich('<ul><li>key</li></ul>')), '> **Tools**\n>\n> - key'],
	['what opens', macro('expand', told('title', 'More') + rich('<p>Inside.</p>')), '**More**\n\nInside.'],
	['contents', `<p>${macro('toc')}</p><p>Text.</p>`, 'Text.'],
	['a status', `<p>Is ${macro('status', told('colour', 'Green') + told('title', 'DONE'))}</p>`, 'Is **DONE**'],
	[
		'columns',
		'<ac:layout><ac:layout-section><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>',
		'a\n\nb'
	],
	[
		'tasks',
		'<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>oil</ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>ride</ac:task-body></ac:task></ac:task-list>',
		'- ☑ oil\n- ☐ ride'
	],
	['signs', '<p><ac:emoticon ac:name="tick" /> <ac:emoticon ac:name="x" ac:emoji-fallback="🚲"/></p>', '✅ 🚲'],
	[
		'a newer box',
		'<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>New.</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div><p>old</p></div></ac:adf-fallback></ac:adf-extension>',
		'> **Note**\n>\n> New.'
	],
	['a drawing', macro('drawio', told('diagramName', 'Plan')), '![Plan](confluence/attachments/101/Plan.png)'],
	[
		'a page that is shown',
		macro('include', told('', '<ac:link><ri:page ri:content-title="Wheels"/></ac:link>')),
		'[Wheels](confluence/page-101)'
	],
	['a film', macro('widget', told('url', '<ri:url ri:value="https://film.example/1"/>')), '<https://film.example/1>'],
	['a script', '<p>a</p><script>alert(1)</script>', 'a']
])('%s', (_, source, markdown) => {
	expect(htmlToMarkdown(carryStorage(source, around).html)).toBe(markdown);
});

test.each<[string, string]>([
	[macro('jira', told('key', 'BIKE-1')), 'the macro “jira” shows nothing without Confluence'],
	[macro('children'), 'the macro “children” shows nothing without Confluence'],
	[macro('own-box', rich('<p>x</p>')), 'the macro “own-box” is not known here; its text was kept'],
	[
		'<ac:link><ri:page ri:content-title="Gone"/></ac:link>',
		'a link to “Gone”, which is not in the export; its words were kept'
	],
	['<ac:image><ri:attachment ri:filename="gone.png"/></ac:image>', 'the picture “gone.png”, which is not in the export']
])('%s is told of', (source, reason) => {
	expect(carryStorage(source, around).lost).toEqual([reason]);
});
