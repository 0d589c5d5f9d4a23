import { leaveOut } from '#src/core/import/report.ts';
import { NotCarried, numbered, type Draft, type DraftOf } from '../carried.ts';
import { child, childrenOf, textOf, type Element } from '#src/platform/server/xml-tree.ts';
import { wording } from '../wording.ts';
import { htmlOf, lineOf, type Reading } from './reading.ts';

const fractionOf = (answer: Element) => Number(answer.attributes.fraction ?? '0') || 0;
const feedbackOf = (answer: Element, { texts }: Reading) => htmlOf(child(answer, 'feedback'), texts, 2000);
const named = (reading: Reading, name: string) => textOf(child(reading.question, name)).trim();

export function choiceOf(reading: Reading): Draft {
	const { question, texts, prompt, why, changed } = reading;
	const multiple =
		question.attributes.type === 'multichoiceset' || !/^(true|1)$/.test(named(reading, 'single') || 'true');
	const answers = childrenOf(question, 'answer');
	const shares = answers.map(fractionOf);
	if (shares.some((share) => share < 0)) leaveOut(reading.report, 'points taken off for a wrong option');
	const best = Math.max(0, ...shares);
	if (best <= 0) throw new NotCarried('no answer of it is right');
	if (!multiple && shares.some((share) => share > 0 && share < best))
		changed('options worth a part of the points count as wrong: only one is right');
	if (!multiple && shares.filter((share) => share === best).length > 1) {
		changed('several options were wholly right where one may be chosen: only the first still is');
	}
	const first = shares.indexOf(best);
	const options = answers.map((answer, at) => ({
		text: htmlOf(answer, texts, 2000),
		right: multiple ? shares[at]! > 0 : at === first,
		why: feedbackOf(answer, reading)
	}));
	return { type: 'choice', prompt, why, multiple, options: numbered(options) };
}

export function trueFalseOf(reading: Reading): Draft {
	const { question, prompt, why } = reading;
	const answers = childrenOf(question, 'answer');
	const isTrue = (answer: Element) => /^\s*true\s*$/i.test(textOf(child(answer, 'text')));
	const right = answers.find((answer) => fractionOf(answer) > 0);
	if (!right) throw new NotCarried('no answer of it is right');
	const options = [true, false].map((value) => {
		const answer = answers.find((each) => isTrue(each) === value);
		return {
			text: value ? 'True' : 'False',
			right: isTrue(right) === value,
			why: answer ? feedbackOf(answer, reading) : ''
		};
	});
	return { type: 'choice', prompt, why, multiple: false, options: numbered(options) };
}

export function shortOf(reading: Reading): Draft {
	const { question, prompt, why } = reading;
	const accepted = childrenOf(question, 'answer').flatMap((answer) => {
		if (fractionOf(answer) > 0)
			return [
				wording(
					reading.texts.line(textOf(child(answer, 'text')), 'plain', 500),
					fractionOf(answer) / 100,
					feedbackOf(answer, reading)
				)
			];
		if (feedbackOf(answer, reading)) leaveOut(reading.report, 'words to wrong answers that somebody may type');
		return [];
	});
	if (accepted.length === 0) throw new NotCarried('no answer of it is right');
	return { type: 'short', prompt, why, exactCase: named(reading, 'usecase') === '1', accepted };
}

export function numericOf(reading: Reading): Draft {
	const { question, prompt, why, changed } = reading;
	const answers = childrenOf(question, 'answer').filter((answer) => fractionOf(answer) > 0);
	const best = answers.reduce<Element | undefined>(
		(best, each) => (!best || fractionOf(each) > fractionOf(best) ? each : best),
		undefined
	);
	const value = Number(textOf(child(best, 'text')).trim().replace(',', '.') || 'none');
	if (!best || !Number.isFinite(value)) throw new NotCarried('no number of it is right');
	if (answers.length > 1) changed('only the best of several right numbers is kept');
	const amount = Math.abs(Number(textOf(child(best, 'tolerance')).trim() || '0')) || 0;
	const said = feedbackOf(best, reading);
	return {
		type: 'numeric',
		prompt,
		why: [why, said].filter(Boolean).join('\n\n').slice(0, 4000),
		value,
		tolerance: { by: 'amount', amount },
		units: unitsOf(reading)
	};
}

/** There a number in the first unit times the factor is the same in this one; here it is the other way round. */
function unitsOf(reading: Reading): { name: string; factor: number }[] {
	const units = childrenOf(child(reading.question, 'units') ?? reading.question, 'unit').map((unit) => ({
		name: textOf(child(unit, 'unit_name')).trim().slice(0, 30),
		factor: 1 / (Number(textOf(child(unit, 'multiplier'))) || 1)
	}));
	return units.filter(({ name, factor }) => name && factor > 0).slice(0, 12);
}

export function matchOf(reading: Reading): Draft {
	const { question, texts, prompt, why } = reading;
	const all = childrenOf(question, 'subquestion').map((each) => ({
		left: htmlOf(each, texts, 500),
		right: texts.line(textOf(child(child(each, 'answer'), 'text')), 'plain', 300)
	}));
	const pairs = all.filter(({ left, right }) => left && right);
	const others = all.filter(({ left, right }) => !left && right).map(({ right }) => right);
	return { type: 'match', prompt, why, pairs: numbered(pairs), others };
}

export function orderOf({ question, texts, prompt, why }: Reading): Draft {
	const answers = childrenOf(question, 'answer');
	const places = answers.map(fractionOf);
	const counted = new Set(places).size === places.length;
	const inOrder = counted ? [...answers].sort((a, b) => fractionOf(a) - fractionOf(b)) : answers;
	return {
		type: 'order',
		prompt,
		why,
		items: numbered(inOrder.map((answer) => ({ text: htmlOf(answer, texts, 500) })))
	};
}

/** One marker that belongs to one or more places is a hotspot; several markers are more than one question. */
export function markerOf({ question, texts, prompt, why, media }: Reading): Draft {
	const drags = childrenOf(question, 'drag');
	const drops = childrenOf(question, 'drop');
	const used = new Set(drops.map((drop) => textOf(child(drop, 'choice')).trim()));
	if (used.size !== 1) throw new NotCarried('several markers belong on its picture: a hotspot here asks for one place');
	const picture = childrenOf(question, 'file')[0]?.attributes.name;
	if (!picture || !media.has(picture)) throw new NotCarried('its picture is not in the file');
	const name = lineOf(drags[Number([...used][0]) - 1], texts, 200) || 'The place';
	const areas = drops.map((drop) => ({
		name,
		right: true,
		area: areaOf(textOf(child(drop, 'shape')), textOf(child(drop, 'coords')))
	}));
	return { type: 'hotspot', prompt, why, image: picture, alt: picture, areas: numbered(areas) };
}

type Area = DraftOf<'hotspot'>['areas'][number]['area'];

/** `circle` 90,60;15 · `rectangle` 10,10;40,20 · `polygon` 1,1;5,1;5,5, in pixels. */
function areaOf(shape: string, coords: string): Area {
	const points = coords.split(';').map((pair) => pair.split(',').map(Number));
	const [[x = NaN, y = NaN] = [], [a = NaN, b = NaN] = []] = points;
	if (points.flat().some((number) => !Number.isFinite(number)))
		throw new NotCarried('a place on its picture is not to be read');
	if (shape.trim() === 'circle') return { shape: 'ellipse', x: x - a, y: y - a, width: 2 * a, height: 2 * a };
	if (shape.trim() === 'polygon') return { shape: 'polygon', points: points.map(([px = 0, py = 0]) => [px, py]) };
	return { shape: 'rectangle', x, y, width: a, height: b };
}
