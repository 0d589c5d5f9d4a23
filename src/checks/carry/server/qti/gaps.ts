import { NotCarried, type Draft, type DraftOf } from '../carried.ts';
import { wordsOf } from '../text.ts';
import { childrenOf, type Element } from '#src/platform/server/xml-tree.ts';
import { declarationOf, mappedOf, valuesOf, type Asked } from './asked.ts';
import { isNumber, quantityOf, wordingOf } from './entries.ts';
import { innerHtml } from './html.ts';

type Field = DraftOf<'form'>['fields'][number];

/** Something to fill in within a text. */
export const isGap = ({ name }: Element): boolean =>
	name === 'textEntryInteraction' || name === 'inlineChoiceInteraction';

/** A text with several gaps is a form: a paragraph that names one gap is a field, a gap within a sentence is counted. */
export function formOf(asked: Asked, gaps: Element[]): Draft {
	const labels = new Map<number, string>();
	const markOf = (element: Element) => (gaps.includes(element) ? `\ue000${gaps.indexOf(element)}\ue001` : undefined);
	const html = innerHtml(asked.body, markOf).replace(
		/<(p|div|li)>([^<>\ue000]{0,300})\ue000(\d+)\ue001\s*<\/\1>/g,
		(whole, _tag, words: string, at: string) => {
			const label = asked.texts.line(words, 'html', 200).replace(/\s*:$/, '');
			if (!label) return whole;
			labels.set(Number(at), label);
			return '';
		}
	);
	let counted = 0;
	const text = asked.texts.text(html, 'html', 10_000);
	const prompt = text.replace(/\ue000(\d+)\ue001/g, (_mark, at: string, from: number) => {
		counted += 1;
		const before = wordsOf(text.slice(0, from).replace(/\ue000\d+\ue001/g, '…'))
			.split(/[.!?]\s/)
			.pop()!
			.slice(-80)
			.trim();
		labels.set(Number(at), `${counted}${before ? `: ${before} …` : ''}`);
		return `**(${counted})** \\_\\_\\_\\_`;
	});
	const title = asked.title.slice(0, 200) || 'Form';
	const fields = gaps.map(
		(gap, at) => ({ ...fieldOf(asked, gap), key: String(at + 1), label: labels.get(at) ?? `Field ${at + 1}` }) as Field
	);
	return { type: 'form', prompt: prompt || title, why: asked.why, title, fields };
}

function fieldOf(asked: Asked, gap: Element): object {
	if (gap.name === 'textEntryInteraction')
		return isNumber(asked, gap)
			? { kind: 'number', ...quantityOf(asked, gap) }
			: { kind: 'text', ...wordingOf(asked, gap) };
	const declaration = declarationOf(asked, gap);
	const best = [...mappedOf(declaration)].sort((a, b) => b.worth - a.worth)[0]?.key;
	const right = valuesOf(declaration)[0] ?? best;
	const options = childrenOf(gap, 'inlineChoice').map((each) => ({
		id: each.attributes.identifier,
		text: asked.texts.line(innerHtml(each), 'html', 200)
	}));
	const value = options.find(({ id }) => id === right)?.text;
	if (value === undefined) throw new NotCarried('a gap of it has no right answer');
	return { kind: 'choice', options: [...new Set(options.map(({ text }) => text))], value };
}
