import { NotCarried, numbered, plainRubric, type Draft } from '../carried.ts';
import type { TextFormat, TextReader } from '../text.ts';
import { wording } from '../wording.ts';
import { answersOf, numbersOf, splitAt, unescape, type GiftAnswer } from './answers.ts';

/** A question of GIFT; without content it is a text that asks nothing. */
export interface Parsed {
	title: string;
	content?: Draft;
	/** What is not carried of it. */
	lost: string[];
}

const FORMATS: Record<string, TextFormat> = { html: 'html', moodle: 'html', plain: 'plain', markdown: 'markdown' };

/** Reads one question. @throws NotCarried with what is wrong about it */
export function parseQuestion(source: string, texts: TextReader): Parsed {
	const named = /^\s*::((?:\\[^]|[^\\:]|:(?!:))*)::/.exec(source);
	if (!named && /^\s*::/.test(source)) throw new NotCarried('its title does not end: two colons are missing');
	const title = unescape(named?.[1] ?? '').trim();
	const rest = source.slice(named?.[0].length ?? 0).trimStart();
	const said = /^\[(html|moodle|plain|markdown)\]/i.exec(rest);
	const format = FORMATS[said?.[1]?.toLowerCase() ?? 'moodle']!;
	const body = rest.slice(said?.[0].length ?? 0);
	const { before, answers, after } = braces(body);
	if (answers === undefined) return { title, lost: [] };
	const question = unescape(after.trim() ? `${before.trimEnd()} _____ ${after.trim()}` : before).trim();
	const prompt = texts.text(withParagraphs(question, format, said !== null), format, 10_000);
	if (!prompt) throw new NotCarried('it asks nothing: its text is empty');
	const [key = '', ...general] = splitAt(answers, '####');
	const why = texts.text(unescape(general.join(' ')).trim(), format, 4000);
	const lost: string[] = [];
	return { title, content: contentOf({ key: key.trim(), prompt, why, format, texts, lost }), lost };
}

/** Text whose format is not said keeps its line ends, as the program shows it. */
const withParagraphs = (text: string, format: TextFormat, said: boolean): string =>
	said || format !== 'html' ? text : text.replace(/\n/g, '<br>');

/** Parts a question at the braces of its answers. */
function braces(body: string): { before: string; answers?: string; after: string } {
	const open = find(body, '{', 0);
	if (open < 0) {
		if (find(body, '}', 0) >= 0) throw new NotCarried('a brace closes that was not opened');
		return { before: body, after: '' };
	}
	const close = find(body, '}', open + 1);
	if (close < 0) throw new NotCarried('the brace of its answers does not close before the empty line');
	const after = body.slice(close + 1);
	if (find(after, '{', 0) >= 0) throw new NotCarried('it has more than one place for answers');
	return { before: body.slice(0, open), answers: body.slice(open + 1, close), after };
}

function find(text: string, sign: string, from: number): number {
	for (let at = from; at < text.length; at += 1) {
		if (text[at] === '\\') at += 1;
		else if (text[at] === sign) return at;
	}
	return -1;
}

interface Key {
	key: string;
	prompt: string;
	why: string;
	format: TextFormat;
	texts: TextReader;
	lost: string[];
}

function contentOf(given: Key): Draft {
	const { key, prompt, why } = given;
	if (key === '') {
		given.lost.push('what was typed at length becomes a file or a link that a reviewer looks at');
		return { type: 'show', prompt, why, accepts: 'either', reviewerId: '', rubric: plainRubric('') };
	}
	if (key.startsWith('#')) return numericOf(given);
	const truth = /^(T|TRUE|F|FALSE)(?=\s*(?:#|$))/i.exec(key);
	if (truth) return truthOf(given, /^t/i.test(truth[0]), key.slice(truth[0].length));
	const answers = answersOf(key);
	if (answers.every(({ right, text }) => right && splitAt(text, '->').length === 2)) return matchOf(given, answers);
	if (answers.every(({ sign }) => sign === '=')) return shortOf(given, answers);
	return choiceOf(given, answers);
}

function truthOf({ prompt, why, format, texts }: Key, truth: boolean, rest: string): Draft {
	// First what is said to the wrong answer, then to the right one.
	const [, wrong = '', right = ''] = splitAt(rest, '#').map((each) => texts.text(unescape(each).trim(), format, 2000));
	const options = [true, false].map((value) => ({
		text: value ? 'True' : 'False',
		right: value === truth,
		why: value === truth ? right : wrong
	}));
	return { type: 'choice', prompt, why, multiple: false, options: numbered(options) };
}

function choiceOf({ prompt, why, format, texts, lost }: Key, answers: GiftAnswer[]): Draft {
	const weighed = answers.some(({ share }) => share !== undefined);
	const multiple = weighed && !answers.some(({ right }) => right);
	const shares = answers.map(({ right, share }) => (right ? 1 : (share ?? 0)));
	if (Math.max(...shares) <= 0) throw new NotCarried('no answer of it is right');
	if (!multiple && shares.some((share) => share > 0 && share < 1))
		lost.push('options worth a part of the points count as wrong: only one is right');
	const options = answers.map((answer, at) => ({
		text: texts.text(unescape(answer.text), answer.format ? FORMATS[answer.format]! : format, 2000),
		right: multiple ? shares[at]! > 0 : shares[at] === 1,
		why: texts.text(unescape(answer.why), format, 2000)
	}));
	return { type: 'choice', prompt, why, multiple, options: numbered(options) };
}

function shortOf({ prompt, why, format, texts }: Key, answers: GiftAnswer[]): Draft {
	const accepted = answers
		.filter(({ share }) => share === undefined || share > 0)
		.map(({ text, share, why: said }) =>
			wording(texts.line(unescape(text, '*'), 'plain', 500), share ?? 1, texts.text(unescape(said), format, 2000))
		);
	if (accepted.length === 0) throw new NotCarried('no answer of it is right');
	return { type: 'short', prompt, why, accepted };
}

function matchOf({ prompt, why, format, texts }: Key, answers: GiftAnswer[]): Draft {
	const all = answers.map(({ text }) => {
		const [left = '', right = ''] = splitAt(text, '->');
		return {
			left: texts.text(unescape(left).trim(), format, 500),
			right: texts.line(unescape(right), 'plain', 300)
		};
	});
	const others = all.filter(({ left }) => !left).map(({ right }) => right);
	return { type: 'match', prompt, why, pairs: numbered(all.filter(({ left }) => left)), others };
}

function numericOf({ key, prompt, why, format, texts, lost }: Key): Draft {
	const { value, off, said, more } = numbersOf(key.slice(1));
	if (more) lost.push('only the best of several right numbers is kept');
	const because = [why, texts.text(unescape(said), format, 2000)].filter(Boolean).join('\n\n').slice(0, 4000);
	return { type: 'numeric', prompt, why: because, value, tolerance: { by: 'amount', amount: off } };
}
