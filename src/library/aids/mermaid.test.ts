import { expect, test } from 'vitest';
import { aidContent } from './content.ts';
import { readMermaid, writeMermaid } from './mermaid.ts';

const brief = (source: string) =>
	readMermaid(source).map(
		({ id, text, next }) => `${id}=${text}${next.map(({ to, label }) => ` ${label && `${label}:`}${to}`).join('')}`
	);

test.each([
	['plain arrows', 'graph TD\nA-->B', ['A=A B', 'B=B']],
	[
		'texts in every shape',
		'flowchart LR\na[One] --> b(Two) --> c{Three} --> d((Four)) --> e([Five]) --> f[[Six]] --> g[(Seven)] --> h{{Eight}} --> i>Nine] --> j[/Ten/]',
		[
			'a=One b',
			'b=Two c',
			'c=Three d',
			'd=Four e',
			'e=Five f',
			'f=Six g',
			'g=Seven h',
			'h=Eight i',
			'i=Nine j',
			'j=Ten'
		]
	],
	[
		'answers behind and inside an arrow',
		'flowchart TD\na{Q?} -->|yes| b\na -- no way --> c\na -. maybe .-> d\na == sure ==> e',
		['a=Q? yes:b no way:c maybe:d sure:e', 'b=b', 'c=c', 'd=d', 'e=e']
	],
	[
		'quoted texts with signs',
		'flowchart TD\na["Is it (really) [broken]?"] --> b["#quot;Yes#quot; & no"]',
		['a=Is it (really) [broken]? b', 'b="Yes" & no']
	],
	['groups', 'flowchart TD\na & b --> c & d', ['a=a c d', 'b=b c d', 'c=c', 'd=d']],
	[
		'semicolons, comments and looks',
		'%% a chart\nflowchart TD;\n  A[Start];B[End];A-->B;\nsubgraph Inside\n C --> A\nend\nstyle A fill:#fff\nclassDef x fill:#000\nclass A x\nclick A "https://example.org"\nD:::x --> A',
		['A=Start B', 'B=End', 'C=C A', 'D=D A']
	],
	[
		'other lines',
		'flowchart TD\na --- b\nb ==> c\nc -.-> d\nd ----> e\ne --o f\nf --x g',
		['a=a b', 'b=b c', 'c=c d', 'd=d e', 'e=e f', 'f=f g', 'g=g']
	],
	[
		'line breaks and other letters',
		'flowchart TD\nä["Grüße<br/>an alle"] --> 二["日本語"]',
		['n6c=Grüße an alle nfik', 'nfik=日本語']
	],
	['a front matter', '---\ntitle: x\n---\nflowchart TD\na-->b', ['a=a b', 'b=b']],
	[
		'names with dashes',
		'flowchart TD\nfirst-step-->second.step',
		['first-step=first-step n372t2r33322s1a37382t34', 'n372t2r33322s1a37382t34=second.step']
	]
])('%s', (_, source, expected) => {
	expect(brief(source)).toEqual(expected);
});

test.each([
	['', 'has no step'],
	['sequenceDiagram\nA->>B: hi', 'must begin with'],
	['flowchart TD\n', 'has no step'],
	['flowchart TD\na[never closed --> b', 'line 2'],
	['flowchart TD\na --> ', 'line 2'],
	['flowchart TD\na b', 'line 2'],
	['flowchart TD\na --> b\n<script>alert(1)</script>', 'line 3']
])('%j is no chart, and it says why', (source, why) => {
	expect(() => readMermaid(source)).toThrow(why);
});

test('what is written is read again, whatever the texts', () => {
	const nodes = [
		{
			id: 'a',
			text: 'Is it "new" [or] {old} | -->?',
			next: [
				{ to: 'b', label: 'yes; no' },
				{ to: 'c', label: 'a | b' }
			]
		},
		{ id: 'b', text: '100 % & <b>', next: [{ to: 'c', label: '' }] },
		{ id: 'c', text: 'Done', next: [] }
	].map((node) => ({ ...node, next: node.next.map((way) => ({ ...way, label: way.label.replace('|', '/') })) }));
	expect(readMermaid(writeMermaid(nodes))).toEqual(nodes);
	expect(aidContent.safeParse({ type: 'flow', nodes }).success).toBe(true);
});

test('a long and hostile text takes no time', () => {
	const begin = performance.now();
	for (const sign of ['-', '[', '"', '-.', '&', '|', '{{', '<']) {
		try {
			readMermaid(`flowchart TD\na ${sign.repeat(20_000)}`);
		} catch {
			// refused, as it should be
		}
	}
	expect(performance.now() - begin).toBeLessThan(5_000);
});
