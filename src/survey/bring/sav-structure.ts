import type { Question } from '../survey.ts';
import { distinct, keyFor, type Brought } from './brought.ts';
import type { SavTable, SavVariable } from './sav-read.ts';

const BLANK = { hint: '', required: false, about: false, rows: [], options: [], bands: [], showIf: null };

/** A variable, or several that are rows of one question. */
interface Group {
	stem: string;
	label: string;
	members: SavVariable[];
}

/** What was asked, as the variables and their words tell: an SPSS file knows no questions. */
export function surveyOfSav({ variables, rows }: SavTable, name: string): Brought {
	const notes: string[] = [];
	const taken = new Set<string>();
	const places = new Map(variables.map((variable, at) => [variable, at]));
	const questions = groupsOf(variables).flatMap(({ stem, label, members }): Question[] => {
		const [first] = members as [SavVariable];
		const base = { ...BLANK, key: keyFor(stem, taken), label: label.slice(0, 300) || stem };
		const words = distinct(first.values.map((each) => each.label));
		const parts = distinct(members.map((member) => partOf(member, label)));
		if (members.length > 1)
			return isChoice(first)
				? [{ ...base, type: 'multiple', options: parts }]
				: [{ ...base, type: 'matrix', rows: parts.slice(0, 30), options: words }];
		if (words.length >= 2) return [{ ...base, type: 'single', options: words.slice(0, 60) }];
		if (first.isText) return [{ ...base, type: 'text' }];
		const at = places.get(first)!;
		const bands = bandsOf(rows.flatMap((row) => (typeof row[at] === 'number' ? [row[at]] : [])));
		notes.push(`“${base.label}” is a number: look at where its results are parted.`);
		return [{ ...base, type: 'number', bands }];
	});
	notes.push('Say which questions are about the person and which are steps of a scale: the file does not know.');
	if (rows.length > 0)
		notes.push(`Its ${rows.length} answers come with the same file, once you have looked the questions over.`);
	return { title: name, bodyMd: '', language: 'en', anonymous: true, questions, translations: {}, notes };
}

const alike = (one: SavVariable, other: SavVariable) =>
	JSON.stringify(one.values) === JSON.stringify(other.values) && one.values.length >= 2;
/** `rated_2` and `rated_3` belong together, where they have the same words. */
const stemOf = ({ name }: SavVariable) => name.replace(/_?\d+$/, '');
const isChoice = ({ values }: SavVariable) => values.length === 2 && values[0]!.code === 0 && values[1]!.code === 1;

function groupsOf(variables: readonly SavVariable[]): Group[] {
	const groups: Group[] = [];
	for (const variable of variables) {
		const last = groups.at(-1);
		const joins =
			last && stemOf(variable) === last.stem && variable.values.length <= 11 && alike(variable, last.members[0]!);
		if (joins) last.members.push(variable);
		else groups.push({ stem: stemOf(variable), label: variable.label || variable.name, members: [variable] });
	}
	return groups.map((group) =>
		group.members.length > 1
			? { ...group, label: commonLabel(group.members) || group.stem }
			: { ...group, stem: group.members[0]!.name }
	);
}

/** "Rated" of "Rated: Light" and "Rated: Heat". */
function commonLabel(members: readonly SavVariable[]): string {
	const [first, ...others] = members.map(({ label }) => label.split(':')[0]!.trim());
	return others.every((each) => each === first) ? first! : '';
}

const partOf = ({ label, name }: SavVariable, common: string) =>
	label.startsWith(`${common}:`) ? label.slice(common.length + 1).trim() : label || name;

/** Where quarters of the answers end, until somebody says better bands. */
function bandsOf(numbers: number[]): number[] {
	const sorted = numbers.toSorted((a, b) => a - b);
	const quarters = [0.25, 0.5, 0.75].flatMap((part) => sorted[Math.floor(part * sorted.length)] ?? []);
	const bands = [...new Set(quarters)].filter((band) => band > (sorted[0] ?? band));
	return bands.length > 0 ? bands : [1];
}
