import { NotCarried, numbered, plainRubric, type Draft, type DraftOf } from '../carried.ts';
import { child, childrenOf, descendants, type Element } from '#src/platform/server/xml-tree.ts';
import { declarationOf, mappedOf, valuesOf, type Asked } from './asked.ts';
import { wordsOrNumber } from './entries.ts';
import { innerHtml } from './html.ts';

interface Interaction {
	/** It stands within a sentence. */
	inText?: true;
	read(asked: Asked, element: Element, prompt: string): Draft & { pixels?: true };
}

/** What this house asks as well, by the interaction that asks it. */
export const interactions: Record<string, Interaction> = {
	choiceInteraction: { read: choice },
	orderInteraction: { read: order },
	matchInteraction: { read: match },
	textEntryInteraction: { inText: true, read: (asked, element, prompt) => wordsOrNumber(asked, element, prompt) },
	inlineChoiceInteraction: { inText: true, read: unreachable },
	hotspotInteraction: { read: hotspot },
	selectPointInteraction: { read: point },
	extendedTextInteraction: { read: (asked, _element, prompt) => show(asked, prompt, 'either') },
	uploadInteraction: { read: (asked, _element, prompt) => show(asked, prompt, 'file') }
};

/** Gaps within a text are a form (gaps.ts). */
function unreachable(): never {
	throw new NotCarried('it has a gap of a kind that is not known');
}

/** What an option says, without what is said when it was chosen. */
const wordsOf = (option: Element, { texts }: Asked, max: number) =>
	texts.text(
		innerHtml(option, ({ name }) => (name === 'feedbackInline' ? '' : undefined)),
		'html',
		max
	);

function choice(asked: Asked, element: Element, prompt: string): Draft {
	const declaration = declarationOf(asked, element);
	const worth = new Map(mappedOf(declaration).map((entry) => [entry.key, entry.worth]));
	const right = new Set([...valuesOf(declaration), ...[...worth].filter(([, value]) => value > 0).map(([key]) => key)]);
	const multiple = declaration?.attributes.cardinality === 'multiple';
	if (!multiple && right.size > 1) {
		const best = Math.max(...[...right].map((key) => worth.get(key) ?? 1));
		for (const key of right) if ((worth.get(key) ?? 1) < best) right.delete(key);
		asked.changed('options worth a part of the points count as wrong: only one is right');
	}
	const options = childrenOf(element, 'simpleChoice').map((option) => {
		const identifier = option.attributes.identifier ?? '';
		const inline = child(option, 'feedbackInline');
		const why = inline ? asked.texts.text(innerHtml(inline), 'html', 2000) : (asked.whys.get(identifier) ?? '');
		return { text: wordsOf(option, asked, 2000), right: right.has(identifier), why };
	});
	if (!options.some((option) => option.right)) throw new NotCarried('it does not say which answer is right');
	return { type: 'choice', prompt, why: asked.why, multiple, options: numbered(options) };
}

function order(asked: Asked, element: Element, prompt: string): Draft {
	const choices = new Map(childrenOf(element, 'simpleChoice').map((each) => [each.attributes.identifier ?? '', each]));
	const right = valuesOf(declarationOf(asked, element));
	if (right.length !== choices.size || right.some((key) => !choices.has(key)))
		throw new NotCarried('it does not say the right order of all its parts');
	const items = right.map((key) => ({ text: wordsOf(choices.get(key)!, asked, 500) }));
	return { type: 'order', prompt, why: asked.why, items: numbered(items) };
}

function match(asked: Asked, element: Element, prompt: string): Draft {
	const [lefts, rights] = childrenOf(element, 'simpleMatchSet').map((set) => childrenOf(set, 'simpleAssociableChoice'));
	const declaration = declarationOf(asked, element);
	const said = valuesOf(declaration);
	const pairs = new Map(
		(said.length
			? said
			: mappedOf(declaration)
					.filter(({ worth }) => worth > 0)
					.map(({ key }) => key)
		).map((pair) => pair.split(/\s+/) as [string, string])
	);
	if (!lefts || !rights || (said.length > 0 && pairs.size !== said.length))
		throw new NotCarried('one of its left sides has several right ones');
	const words = new Map(
		rights.map((each) => [each.attributes.identifier ?? '', asked.texts.line(innerHtml(each), 'html', 300)])
	);
	const matched = lefts.map((left) => {
		const right = words.get(pairs.get(left.attributes.identifier ?? '') ?? '');
		if (right === undefined) throw new NotCarried('one of its left sides has no right one');
		return { left: wordsOf(left, asked, 500), right };
	});
	const others = [...words].filter(([key]) => ![...pairs.values()].includes(key)).map(([, text]) => text);
	return { type: 'match', prompt, why: asked.why, pairs: numbered(matched), others };
}

type Areas = DraftOf<'hotspot'>['areas'];
type Area = Areas[number]['area'];

function hotspot(asked: Asked, element: Element, prompt: string): Draft & { pixels?: true } {
	const right = new Set(valuesOf(declarationOf(asked, element)));
	const choices = childrenOf(element, 'hotspotChoice');
	const areas = choices.map(({ attributes }, n) => ({
		name: (attributes.hotspotLabel || attributes.ariaLabel || `Place ${n + 1}`).slice(0, 200),
		right: right.has(attributes.identifier ?? ''),
		why: asked.whys.get(attributes.identifier ?? '') ?? '',
		area: areaOf(attributes.shape, attributes.coords)
	}));
	return onPicture(asked, element, { prompt, areas: numbered(areas) });
}

function point(asked: Asked, element: Element, prompt: string): Draft & { pixels?: true } {
	const mapping = child(declarationOf(asked, element), 'areaMapping');
	const entries = mapping ? childrenOf(mapping, 'areaMapEntry') : [];
	if (entries.length === 0) throw new NotCarried('it names a point, but no place around it that is right');
	const areas = entries.map(({ attributes }, n) => ({
		name: `Place ${n + 1}`,
		right: Number(attributes.mappedValue) > 0,
		why: '',
		area: areaOf(attributes.shape, attributes.coords)
	}));
	return onPicture(asked, element, { prompt, areas: numbered(areas) });
}

function onPicture(
	{ why }: Asked,
	element: Element,
	{ prompt, areas }: { prompt: string; areas: Areas }
): Draft & { pixels?: true } {
	const picture = descendants(element, 'object', 'img')[0];
	const image = picture?.attributes.data ?? picture?.attributes.src;
	if (!picture || !image) throw new NotCarried('it has no picture');
	const alt = (
		picture.attributes.alt ||
		innerHtml(picture)
			.replace(/<[^>]*>/g, '')
			.trim() ||
		image.split('/').pop()!
	).slice(0, 500);
	return { type: 'hotspot', prompt, why, image, alt, areas, pixels: true };
}

/** `rect` left,top,right,bottom · `circle` x,y,r · `ellipse` x,y,rx,ry · `poly` x1,y1,…, in pixels. */
function areaOf(shape = '', coords = ''): Area {
	const [a = NaN, b = NaN, c = NaN, d = NaN, ...more] = coords.split(/[\s,]+/).map(Number);
	const all = coords.split(/[\s,]+/).map(Number);
	if (all.some((number) => !Number.isFinite(number)) || (shape !== 'poly' && more.length > 0))
		throw new NotCarried('a place on its picture is not to be read');
	if (shape === 'circle') return { shape: 'ellipse', x: a - c, y: b - c, width: 2 * c, height: 2 * c };
	if (shape === 'ellipse') return { shape: 'ellipse', x: a - c, y: b - d, width: 2 * c, height: 2 * d };
	if (shape === 'rect') return { shape: 'rectangle', x: a, y: b, width: c - a, height: d - b };
	if (shape !== 'poly') throw new NotCarried('a place on its picture has a shape that is not known');
	return {
		shape: 'polygon',
		points: Array.from({ length: Math.floor(all.length / 2) }, (_, n) => [all[2 * n]!, all[2 * n + 1]!])
	};
}

function show(asked: Asked, prompt: string, accepts: 'either' | 'file'): Draft {
	if (accepts === 'either') asked.changed('what was typed at length becomes a file or a link that a reviewer looks at');
	const rubric = childrenOf(asked.body, 'rubricBlock')
		.map((block) => asked.texts.line(innerHtml(block), 'html', 300))
		.filter(Boolean);
	const criteria = (rubric.length > 0 ? rubric : ['']).flatMap((criterion) => plainRubric(criterion));
	return {
		type: 'show',
		prompt,
		why: asked.why,
		accepts,
		reviewerId: '',
		rubric: criteria.map((each, n) => ({ ...each, key: String(n + 1) }))
	};
}
