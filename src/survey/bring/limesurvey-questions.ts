import type { Question } from '../survey.ts';
import { distinct } from './brought.ts';

/** A question as LimeSurvey has it, in one language. */
export interface Lime {
	qid: string;
	/** `Q1`. */
	code: string;
	/** A letter: `L` is a list. */
	type: string;
	/** The expression on which it is asked; `1` for always. */
	relevance: string;
	title: string;
	help: string;
	mandatory: boolean;
	rows: string[];
	options: { code: string; label: string }[];
}

const count = (to: number) => Array.from({ length: to }, (_, at) => String(at + 1));
const FIXED: Record<string, string[]> = {
	...{ Y: ['Yes', 'No'], G: ['Female', 'Male'], '5': count(5) },
	...{ A: count(5), B: count(10), C: ['Yes', 'Uncertain', 'No'], E: ['Increase', 'Same', 'Decrease'] }
};
const TYPES: Record<string, Question['type']> = {
	...{ L: 'single', '!': 'single', O: 'single', Y: 'single', G: 'single', '5': 'scale', M: 'multiple', P: 'multiple' },
	...{ F: 'matrix', A: 'matrix', B: 'matrix', C: 'matrix', E: 'matrix', H: 'matrix', R: 'ranking', N: 'number' },
	...{ S: 'text', T: 'text', U: 'text', D: 'text', X: 'section' }
};
const LEFT_OUT: Record<string, string> = {
	...{
		'1': 'it has two scales',
		'|': 'it takes files',
		';': 'it is a table of texts',
		':': 'it is a table of numbers'
	},
	...{ K: 'it takes several numbers', Q: 'it takes several texts', I: 'it chooses a language', '*': 'it is a formula' }
};

/** Bands until somebody says better ones. */
const BANDS = [1, 10, 100];

/** The same question here; or why there is none. */
export function questionOf(lime: Lime): Question | string {
	const type = TYPES[lime.type];
	if (!type) return LEFT_OUT[lime.type] ?? `its type “${lime.type}” is not known here`;
	const fixed = FIXED[lime.type] ?? lime.options.map(({ label }) => label);
	const chosen = type === 'multiple' || (type === 'ranking' && lime.options.length === 0) ? lime.rows : fixed;
	const options = ['text', 'number', 'section'].includes(type) ? [] : distinct(chosen);
	if (type === 'matrix' && options.length > 11) return 'its scale has more than 11 steps';
	if (type === 'ranking' && options.length > 12) return 'more than 12 things are put in order';
	if (!['text', 'number', 'section'].includes(type) && options.length < 2) return 'it has fewer than two options';
	return {
		...{ key: lime.code, type, label: lime.title.slice(0, 300), hint: overflow(lime), required: lime.mandatory },
		...{
			about: false,
			rows: type === 'matrix' ? distinct(lime.rows.length > 0 ? lime.rows : [lime.title]).slice(0, 30) : []
		},
		...{ options: options.slice(0, 60), bands: type === 'number' ? BANDS : [], showIf: null }
	};
}

/** What of a long question does not fit above goes on below. */
const overflow = ({ title, help }: Lime) => [title.slice(300), help].filter(Boolean).join(' ').slice(0, 500);

type Known = ReadonlyMap<string, { lime: Lime; question: Question }>;

const ONE = /^\(*\s*\(*\s*([A-Za-z]\w*)(?:\.NAOK)?\s*==\s*["']?([\w-]+)["']?\s*\)*\s*\)*$/;

/**
 * When it is asked: after one answer to one question before it, or one of several.
 * @returns null for always; undefined where the expression says something else
 */
export function showIfOf({ relevance, qid }: Lime, known: Known): Question['showIf'] | undefined {
	const expression = relevance.trim();
	if (!expression || expression === '1') return null;
	const parts = expression.split(/\s+(?:or|\|\|)\s+/i).map((part) => ONE.exec(part.trim()));
	const [first] = parts;
	if (!first || parts.some((part) => part?.[1] !== first[1])) return undefined;
	const cause = known.get(first[1]!);
	if (!cause || cause.lime.qid === qid || !['single', 'scale'].includes(cause.question.type)) return undefined;
	const places = parts.map((part) => placeOf(cause.lime, part![2]!));
	return places.every((place) => place >= 0) ? { key: cause.question.key, options: places } : undefined;
}

function placeOf({ type, options }: Lime, code: string): number {
	if (type === 'Y') return ['Y', 'N'].indexOf(code);
	if (type === 'G') return ['F', 'M'].indexOf(code);
	if (type === '5') return Number(code) - 1;
	return options.findIndex((option) => option.code === code);
}
