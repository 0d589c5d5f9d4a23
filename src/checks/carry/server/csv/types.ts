import { NotCarried, numbered, plainRubric, type Draft } from '../carried.ts';
import type { TextReader } from '../text.ts';

/** A line of the table. */
export interface Line {
	cells: ReadonlyMap<string, string>;
	prompt: string;
	options: string[];
	whys: string[];
}

const types: Record<string, (line: Line, around: Around) => Draft> = { choice, order, match, short, numeric, show };

/** What tables call the types elsewhere. */
const aliases: Record<string, string> = {
	'': 'choice',
	mc: 'choice',
	mcq: 'choice',
	'multiple choice': 'choice',
	'single choice': 'choice',
	multiple: 'choice',
	'multiple answer': 'choice',
	'multiple response': 'choice',
	'true/false': 'choice',
	tf: 'choice',
	ordering: 'order',
	sequence: 'order',
	matching: 'match',
	'short answer': 'short',
	text: 'short',
	'fill in': 'short',
	numerical: 'numeric',
	number: 'numeric',
	essay: 'show',
	upload: 'show',
	open: 'show'
};

interface Around {
	prompt: string;
	why: string;
	texts: TextReader;
	told(reason: string): void;
}

/** The question of a line. @throws NotCarried with what is wrong about it */
export function contentOf(line: Line, texts: TextReader, told: (reason: string) => void): Draft {
	const said = (line.cells.get('type') ?? '').trim().toLowerCase();
	const read = types[aliases[said] ?? said];
	if (!read)
		throw new NotCarried(
			`“${said.slice(0, 40)}” is none of the types a table holds: choice, order, match, short, numeric, show`
		);
	const prompt = texts.text(line.prompt, 'markdown', 10_000);
	const why = texts.text(line.cells.get('why')?.trim() ?? '', 'markdown', 4000);
	return read(line, { prompt, why, texts, told });
}

const cell = (line: Line, name: string) => line.cells.get(name)?.trim() ?? '';

function choice(line: Line, { prompt, why, texts }: Around): Draft {
	const said = (line.cells.get('type') ?? '').trim().toLowerCase();
	const isTruth = line.options.every((option) => !option) && /^(true|false|t|f|yes|no)$/i.test(cell(line, 'right'));
	const given = isTruth ? ['True', 'False'] : line.options;
	const right = isTruth ? [/^(t|true|yes)$/i.test(cell(line, 'right')) ? 0 : 1] : rightOf(cell(line, 'right'), given);
	if (right.length === 0)
		throw new NotCarried('no answer of it is right: name it by its number, its letter or its words');
	const options = given.flatMap((text, n) =>
		text
			? [
					{
						text: texts.text(text, 'markdown', 2000),
						right: right.includes(n),
						why: texts.text(line.whys[n] ?? '', 'markdown', 2000)
					}
				]
			: []
	);
	return {
		type: 'choice',
		prompt,
		why,
		multiple: right.length > 1 || /^multiple( answer| response)?$/.test(said),
		options: numbered(options)
	};
}

/** Right options by numbers, letters or words, parted by semicolons (or commas, where they are numbers or letters). */
function rightOf(said: string, options: string[]): number[] {
	const exact = options.findIndex((option) => option && option === said);
	if (exact >= 0 && !/^\d+$/.test(said)) return [exact];
	const parts = (
		/^[\w\s,;&]*$/.test(said) && /^(\s*(\d{1,2}|[a-l])\s*[,;&]?)+$/i.test(said)
			? said.split(/[,;&\s]+/)
			: said.split(';')
	)
		.map((part) => part.trim())
		.filter(Boolean);
	const found = parts.map((part) => {
		const words = options.findIndex((option) => option.toLowerCase() === part.toLowerCase());
		if (/^\d{1,2}$/.test(part) && options[Number(part) - 1]) return Number(part) - 1;
		if (/^[a-l]$/i.test(part) && options[part.toLowerCase().charCodeAt(0) - 97])
			return part.toLowerCase().charCodeAt(0) - 97;
		if (words < 0) throw new NotCarried(`“${part.slice(0, 60)}” is none of its options`);
		return words;
	});
	return [...new Set(found)];
}

function order(line: Line, { prompt, why, texts }: Around): Draft {
	const items = line.options.filter(Boolean).map((text) => ({ text: texts.text(text, 'markdown', 500) }));
	return { type: 'order', prompt, why, items: numbered(items) };
}

/** `left => right`; `=> right` belongs to none. */
export const ARROW = ' => ';

function match(line: Line, { prompt, why, texts }: Around): Draft {
	const all = line.options.filter(Boolean).map((option) => {
		const at = option.startsWith('=> ') ? -1 : option.indexOf(ARROW);
		if (at < 0 && !option.startsWith('=> ')) throw new NotCarried('a pair of it has no arrow: write left => right');
		const [left, right] = at < 0 ? ['', option.slice(3)] : [option.slice(0, at), option.slice(at + ARROW.length)];
		return { left: texts.text(left, 'markdown', 500), right: texts.line(right, 'plain', 300) };
	});
	const others = all.filter(({ left }) => !left).map(({ right }) => right);
	return { type: 'match', prompt, why, pairs: numbered(all.filter(({ left }) => left)), others };
}

function short(line: Line, { prompt, why, texts }: Around): Draft {
	const given = line.options.some(Boolean) ? line.options : [cell(line, 'right')];
	const shares = line.options.some(Boolean) ? cell(line, 'right').split(';') : [];
	const accepted = given.flatMap((text, n) => {
		if (!text) return [];
		const pattern = /^\/(.+)\/$/.exec(text)?.[1];
		const share = Math.min(1, Number((shares[n] ?? '').replace('%', '').trim() || '100') / 100);
		if (!(share > 0)) throw new NotCarried(`“${shares[n]?.slice(0, 20)}” is no share of the points`);
		const said = texts.text(line.whys[n] ?? '', 'markdown', 2000);
		return [
			{
				match: pattern ? ('pattern' as const) : ('words' as const),
				text: pattern ?? texts.line(text, 'plain', 500),
				share,
				why: said
			}
		];
	});
	if (accepted.length === 0) throw new NotCarried('no answer of it is right');
	return { type: 'short', prompt, why, exactCase: /^(yes|y|true|1|exact)$/i.test(cell(line, 'case')), accepted };
}

const number = (text: string) => (text === '' ? NaN : Number(/^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text));

function numeric(line: Line, { prompt, why }: Around): Draft {
	const value = number(cell(line, 'right') || (line.options[0] ?? ''));
	if (!Number.isFinite(value)) throw new NotCarried('no number of it is right');
	const [, amount = '0', percent] = /^([\d.,]+)\s*(%)?$/.exec(cell(line, 'tolerance') || '0') ?? [];
	const units = cell(line, 'units')
		.split(';')
		.map((unit) => unit.split('='))
		.filter(([name]) => name?.trim())
		.map(([name = '', factor = '1']) => ({ name: name.trim(), factor: number(factor.trim()) }));
	return {
		type: 'numeric',
		prompt,
		why,
		value,
		tolerance: { by: percent ? 'percent' : 'amount', amount: number(amount) },
		units
	};
}

function show(line: Line, { prompt, why }: Around): Draft {
	const accepts =
		(['file', 'link', 'either'] as const).find((each) => each === cell(line, 'right').toLowerCase()) ?? 'either';
	const [first = '', ...more] = line.options.filter(Boolean);
	const rubric = [first, ...more].flatMap((criterion) => plainRubric(criterion));
	return {
		type: 'show',
		prompt,
		why,
		accepts,
		reviewerId: '',
		rubric: rubric.map((each, n) => ({ ...each, key: String(n + 1) }))
	};
}
