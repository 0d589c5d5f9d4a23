import { change, type FileReport } from '#src/core/import/report.ts';
import { NotCarried, originOf, type Carried, type Draft, type MediaOf } from '../carried.ts';
import type { TextReader } from '../text.ts';
import { child, childrenOf, descendants, type Element } from '#src/platform/server/xml-tree.ts';
import { formOf, isGap } from './gaps.ts';
import { innerHtml } from './html.ts';
import { interactions } from './interactions.ts';
import type { Asked } from './asked.ts';

export interface ItemOf {
	item: Element;
	/** The file of a package it stands in, for the report. */
	file: string;
	objective: string;
	media: MediaOf;
	texts: TextReader;
	report: FileReport;
}

/** Reads one item of QTI 2 or 3. @throws NotCarried with the reason */
export function readItem({ item, file, objective, media, texts, report }: ItemOf): Carried {
	const { identifier = '', title = '' } = item.attributes;
	const name = title || identifier;
	texts.where = {
		line: file ? 0 : item.line,
		what: [name && `“${name.slice(0, 100)}”`, file && `(${file.slice(-120)})`].filter(Boolean).join(' ')
	};
	const changed = (reason: string) => change(report, { ...texts.where, reason });
	if (childrenOf(item, 'templateDeclaration').length > 0)
		throw new NotCarried('its numbers or words are drawn anew each time, which is not done here');
	if (item.attributes.adaptive === 'true') changed('it went on from answer to answer: it is asked once here');
	if (item.attributes.timeDependent === 'true') changed('its clock is left out');
	const body = child(item, 'itemBody');
	if (!body) throw new NotCarried('it has no body');
	const asked: Asked = {
		item,
		body,
		texts,
		changed,
		declarations: declarationsOf(item),
		...feedbackOf(item, texts),
		title: name
	};
	const content = contentOf(asked);
	const { line, what } = texts.where;
	const { pixels, ...draft } = content;
	return {
		id: originOf(identifier, draft as Draft),
		line,
		what,
		objective,
		content: draft as Draft,
		media,
		...(pixels ? { pixels } : {})
	};
}

function contentOf(asked: Asked): Draft & { pixels?: true } {
	const all = descendants(asked.body, ...Object.keys(interactions), ...OTHERS);
	const gaps = all.filter(isGap);
	const [first] = all;
	if (!first) throw new NotCarried('it asks nothing that can be answered');
	if (all.length === gaps.length && (gaps.length > 1 || first.name !== 'textEntryInteraction'))
		return formOf(asked, gaps);
	if (all.length > 1) throw new NotCarried('it asks several things at once: a question here asks one');
	const read = interactions[first.name];
	if (!read) throw new NotCarried(`${first.name} has no counterpart here`);
	const before = innerHtml(asked.body, (element) =>
		element === first ? '' : element.name === 'rubricBlock' ? '' : undefined
	);
	const inside = child(first, 'prompt');
	const source = `${read.inText ? innerHtml(asked.body, (element) => (element === first ? '_____' : undefined)) : before}${inside ? `<p>${innerHtml(inside)}</p>` : ''}`;
	// A gap in a paragraph of its own says nothing.
	const said = source.replace(/<(p|div)>\s*_____\s*<\/\1>/, '');
	const prompt = asked.texts.text(said, 'html', 10_000) || asked.title;
	if (!prompt) throw new NotCarried('it asks nothing: its text is empty');
	return read.read(asked, first, prompt);
}

/** What QTI asks and this house does not. */
const OTHERS = [
	...[
		'associateInteraction',
		'gapMatchInteraction',
		'graphicAssociateInteraction',
		'graphicGapMatchInteraction',
		'graphicOrderInteraction'
	],
	...[
		'positionObjectInteraction',
		'sliderInteraction',
		'drawingInteraction',
		'mediaInteraction',
		'hottextInteraction',
		'customInteraction'
	],
	...['endAttemptInteraction', 'portableCustomInteraction']
];

const declarationsOf = (item: Element): Map<string, Element> =>
	new Map(childrenOf(item, 'responseDeclaration').map((each) => [each.attributes.identifier ?? '', each]));

/** What is said afterwards: to an option by its identifier, all else to the question. */
function feedbackOf(item: Element, texts: TextReader): { why: string; whys: Map<string, string> } {
	const said = new Map<string, string>();
	for (const feedback of childrenOf(item, 'modalFeedback')) {
		const text = texts.text(innerHtml(feedback), 'html', 2000);
		if (text) said.set(feedback.attributes.identifier ?? '', text);
	}
	const options = new Set(
		descendants(item, 'simpleChoice', 'hotspotChoice').map(({ attributes }) => attributes.identifier ?? '')
	);
	const general = [...said].filter(([identifier]) => !options.has(identifier)).map(([, text]) => text);
	return { why: general.join('\n\n').slice(0, 4000), whys: said };
}
