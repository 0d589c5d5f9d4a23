import { posix } from 'node:path';
import { cleanLine } from '#src/core/import/clean.ts';
import { child, childrenOf, isElement, textOf, type Element } from '#src/platform/server/xml-tree.ts';
import { isAway, type Paths } from './paths.ts';
import { MOST_PARTS, noRules, type Package, type Part, type Rules } from './package.ts';

/** Reads the course structure of cmi5: its assignable units in their order, whichever block they stand in. */
export function readCmi5(structure: Element, at: string, paths: Paths): Package {
	const course = child(structure, 'course');
	const rules = noRules();
	const parts: Part[] = [];
	addUnits(structure, { folder: posix.dirname(at), paths, rules, parts });
	return {
		...{ standard: 'cmi5', id: course?.attributes.id ?? '', parts, rules, questions: false },
		...{ title: words(child(course, 'title')), description: words(child(course, 'description')) }
	};
}

interface Reading {
	folder: string;
	paths: Paths;
	rules: Rules;
	parts: Part[];
}

function addUnits(parent: Element, reading: Reading): void {
	for (const each of parent.children.filter(isElement)) {
		if (each.name === 'block') addUnits(each, reading);
		else if (each.name === 'au' && reading.parts.length < MOST_PARTS) reading.parts.push(unit(each, reading));
	}
}

function unit(au: Element, { folder, paths, rules }: Reading): Part {
	const title = words(child(au, 'title'));
	const { moveOn, masteryScore } = au.attributes;
	if (moveOn && moveOn !== 'NotApplicable') rules.completion.set(title, moveOn.slice(0, 30));
	if (masteryScore) rules.score.set(title, `${Math.round(Number(masteryScore) * 100)} %`);
	if (childrenOf(au, 'launchParameters', 'entitlementKey').length > 0) rules.handed.set(title, '');
	const url = textOf(child(au, 'url')).trim();
	if (isAway(url)) return { title, files: [], away: url };
	return { title, start: paths.find(folder, url), files: [] };
}

/** In several languages, the first counts. */
const words = (element: Element | undefined): string =>
	cleanLine(textOf((element && child(element, 'langstring')) ?? element), 2000);
