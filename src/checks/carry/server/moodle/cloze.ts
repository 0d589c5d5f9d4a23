import { NotCarried, type Draft, type DraftOf } from '../carried.ts';
import { wordsOf } from '../text.ts';
import { child, childrenOf, textOf } from '#src/platform/server/xml-tree.ts';
import { wording } from '../wording.ts';
import type { Reading } from './reading.ts';

type Field = DraftOf<'form'>['fields'][number];
type Unnamed = Field extends infer F ? (F extends Field ? Omit<F, 'key' | 'label'> : never) : never;

/** `{1:SHORTANSWER:=Paris~%50%Parys#close}`; a brace or a sign in it stands behind a backslash. */
const GAP = /\{(\d*):([A-Z_]+):((?:\\[^]|[^\\}])*)\}/g;
/** What stands in the text for a gap until it is known how it reads. */
const MARK = /\ue000(\d+)\ue001/g;

/** A text with gaps is a form: a paragraph that names one gap is a field, a gap within a sentence is counted. */
export function clozeOf(reading: Reading): Draft {
	const source = textOf(child(child(reading.question, 'questiontext') ?? reading.question, 'text'));
	const gaps: Unnamed[] = [];
	const marked = source.replace(GAP, (_whole, _weight: string, kind: string, answers: string) => {
		gaps.push(gapOf(kind, answers));
		return `\ue000${gaps.length - 1}\ue001`;
	});
	return formOf(reading, marked, gaps);
}

/** Gaps numbered `[[1]]`, filled from lists of words that stand behind the text. */
export function blanksOf(reading: Reading): Draft {
	const { question } = reading;
	const source = textOf(child(child(question, 'questiontext') ?? question, 'text'));
	const boxes = childrenOf(question, 'selectoption', 'dragbox').map((box) => ({
		text: wordsOf(textOf(child(box, 'text'))).slice(0, 200),
		group: textOf(child(box, 'group')).trim() || '1'
	}));
	const gaps: Unnamed[] = [];
	const marked = source.replace(/\[\[(\d+)\]\]/g, (_whole, number: string) => {
		const right = boxes[Number(number) - 1];
		if (!right) throw new NotCarried(`the gap [[${number}]] has no word that belongs in it`);
		const options = [...new Set(boxes.filter(({ group }) => group === right.group).map(({ text }) => text))];
		gaps.push({ kind: 'choice', options, value: right.text });
		return `\ue000${gaps.length - 1}\ue001`;
	});
	return formOf(reading, marked, gaps);
}

function formOf(reading: Reading, html: string, gaps: Unnamed[]): Draft {
	if (gaps.length === 0) throw new NotCarried('it has no gap to fill in');
	const { texts, question, why } = reading;
	const labels = new Map<number, string>();
	const lined = html.replace(
		/<(p|div|li)\b[^>]*>([^<>\ue000]{0,300})\ue000(\d+)\ue001\s*<\/\1>/g,
		(whole, _tag, words: string, at: string) => {
			const label = texts.line(words, 'html', 200).replace(/\s*:$/, '');
			if (!label) return whole;
			labels.set(Number(at), label);
			return '';
		}
	);
	let counted = 0;
	const text = texts.text(lined.replace(/<ul>\s*<\/ul>/g, ''), 'html', 10_000);
	const prompt = text.replace(MARK, (_mark, at: string, from: number) => {
		counted += 1;
		const before = wordsOf(text.slice(0, from).replace(MARK, '…'))
			.split(/[.!?]\s/)
			.pop()!
			.slice(-80)
			.trim();
		labels.set(Number(at), `${counted}${before ? `: ${before} …` : ''}`);
		return `**(${counted})** \\_\\_\\_\\_`;
	});
	const title = texts.line(textOf(child(child(question, 'name'), 'text')), 'plain', 200) || 'Form';
	const fields = gaps.map(
		(gap, at) => ({ ...gap, key: String(at + 1), label: labels.get(at) ?? `Field ${at + 1}` }) as Field
	);
	return { type: 'form', prompt: prompt || title, why, title, fields };
}

function gapOf(kind: string, source: string): Unnamed {
	const answers = source
		.split(/(?<!\\)~/)
		.filter(Boolean)
		.map(answerOf);
	if (/^(SA|SAC|SHORTANSWER|SHORTANSWER_C|MW|MWC)$/.test(kind)) {
		const accepted = answers.filter(({ share }) => share > 0).map(({ text, share, why }) => wording(text, share, why));
		if (accepted.length === 0) throw new NotCarried('a gap of it has no right answer');
		return { kind: 'text', exactCase: /^(SAC|SHORTANSWER_C|MWC)$/.test(kind), accepted };
	}
	if (/^(NM|NUMERICAL)$/.test(kind)) return numberOf(answers);
	if (/^(MC|MULTICHOICE)/.test(kind)) return pickOf(answers);
	throw new NotCarried(`a gap of it is of the type ${kind.slice(0, 30)}, where several may be chosen at once`);
}

interface GapAnswer {
	text: string;
	share: number;
	why: string;
}

/** `=right#why`, `%50%half right`, `wrong`. */
function answerOf(source: string): GapAnswer {
	const [, sign, percent, rest = ''] = /^\s*(?:(=)|%(-?[\d.]+)%)?([^]*)$/.exec(source)!;
	const [text = '', ...said] = rest.split(/(?<!\\)#/);
	const share = sign ? 1 : Number(percent ?? 0) / 100;
	return { text: plain(text), share, why: plain(said.join('#')) };
}

const plain = (text: string) => wordsOf(text.replace(/\\([}{#~/"\\])/g, '$1')).slice(0, 500);

function numberOf(answers: GapAnswer[]): Unnamed {
	const best = [...answers].sort((a, b) => b.share - a.share)[0];
	const [value, tolerance = '0'] = (best?.text ?? '').split(':');
	if (!best || best.share <= 0 || !value || !Number.isFinite(Number(value)))
		throw new NotCarried('a gap of it has no right number');
	return {
		kind: 'number',
		value: Number(value),
		tolerance: { by: 'amount', amount: Math.abs(Number(tolerance)) || 0 }
	};
}

function pickOf(answers: GapAnswer[]): Unnamed {
	const best = [...answers].sort((a, b) => b.share - a.share)[0];
	if (!best || best.share <= 0) throw new NotCarried('a gap of it has no right answer');
	const options = [...new Set(answers.map(({ text }) => text.slice(0, 200)))];
	return { kind: 'choice', options, value: best.text.slice(0, 200) };
}
