import { questionContent, type QuestionContent, type QuestionType } from '#src/checks/question.ts';

/** Numbers that look like chance and are the same for the same seed. */
export function chance(seed: number) {
	let state = seed >>> 0 || 1;
	const next = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	return {
		next,
		upTo: (most: number) => Math.floor(next() * most),
		one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!
	};
}
type Chance = ReturnType<typeof chance>;

/** Words that mean something to one format or another. */
const WORDS = [
	...[
		'the till',
		'5 < 6 & 7 > 3',
		'a = b',
		'~60 %',
		'{left brace',
		'right} brace',
		'hash # tag',
		'back\\slash',
		'C:\\Temp'
	],
	...[
		'“quoted”',
		'"straight"',
		"it's",
		'grün',
		'収支',
		'🔧 tool',
		'one; two, three',
		'tab\there',
		'a::b',
		'50%',
		'<b>bold</b>'
	],
	...[
		'&amp; entity',
		'[x]',
		'snake_case',
		'//slashes//',
		']]>',
		'@home',
		'+1',
		'-5',
		'=SUM(A1)',
		'N/A',
		'1. first',
		'(a)'
	]
];

const lineOf = (by: Chance) =>
	Array.from({ length: 1 + by.upTo(3) }, () => by.one(WORDS))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim();
const escaped = (text: string) => text.replace(/[\\`*_[\]<>#~|&+\-.!(){}=@]/g, '\\$&');
function textOf(by: Chance): string {
	const words = escaped(lineOf(by));
	return by.one([
		words,
		`**Note** ${words}`,
		`${words}\n\nAnd \`x = 1\` again: ${escaped(lineOf(by))}`,
		`Do this:\n\n- ${words}\n- two`
	]);
}

/** Distinct lines, each unlike the others. */
const linesOf = (by: Chance, count: number) => Array.from({ length: count }, (_, n) => `${lineOf(by)} (${n + 1})`);
const numbered = <T extends object>(all: T[]) => all.map((each, n) => ({ key: String(n + 1), ...each }));

const REVIEWER = '0199d4a0-0000-7000-8000-00000000000a';

const makers: Record<Exclude<QuestionType, 'hotspot'>, (by: Chance) => object> = {
	choice(by) {
		const multiple = by.next() < 0.5;
		const options = linesOf(by, 2 + by.upTo(5)).map((text, n) => ({
			text: escaped(text),
			right: n === 0 || (multiple && by.next() < 0.4),
			why: by.one(['', textOf(by)])
		}));
		return { multiple, options: numbered(options) };
	},
	order: (by) => ({ items: numbered(linesOf(by, 2 + by.upTo(4)).map((text) => ({ text: escaped(text) }))) }),
	match: (by) => ({
		pairs: numbered(
			linesOf(by, 2 + by.upTo(4)).map((text, n) => ({ left: escaped(text), right: `${lineOf(by)} (right ${n})` }))
		),
		others: by.one([[], ['none of these']])
	}),
	short: (by) => ({
		exactCase: false,
		accepted: linesOf(by, 1 + by.upTo(3)).map((text, n) => ({
			text: n ? `${text}*` : text,
			share: n ? 0.5 : 1,
			why: by.one(['', textOf(by)])
		}))
	}),
	numeric: (by) => ({
		value: by.one([3, -0.5, 1250.75, 1e6]),
		tolerance: { by: 'amount', amount: by.one([0, 0.25, 10]) },
		units: by.one([
			[],
			[
				{ name: 'kg', factor: 1 },
				{ name: 'g', factor: 0.001 }
			]
		])
	}),
	form: (by) => ({
		title: lineOf(by),
		fields: numbered([
			{
				kind: 'text',
				label: 'Reason',
				accepted: [{ text: lineOf(by) }, { text: 'other', share: 0.5 }],
				exactCase: by.next() < 0.5
			},
			{ kind: 'number', label: 'Sum', value: 12.5, tolerance: { by: 'amount', amount: 0.01 } },
			{ kind: 'choice', label: 'Tax', options: ['7 %', '19 %', lineOf(by)], value: '19 %' }
		])
	}),
	show: (by) => ({
		accepts: 'file',
		reviewerId: REVIEWER,
		rubric: [
			{
				key: '1',
				criterion: lineOf(by),
				levels: [
					{ label: 'Not yet', points: 0 },
					{ label: 'Yes', points: 1 }
				]
			}
		]
	})
};

/** A question by chance, with all the signs that some format takes for its own. */
export function someQuestion(type: Exclude<QuestionType, 'hotspot'>, by: Chance): QuestionContent {
	return questionContent.parse({ type, prompt: textOf(by), why: by.one(['', textOf(by)]), ...makers[type](by) });
}
