import { isAsked, type Answers, type Question } from '../survey.ts';

/** Something that is counted: the answer of each who was asked falls into just one of its categories. */
export interface Variable {
	/** `q1`; `q1.2` for a row of a matrix, or an option that may be chosen among others. */
	key: string;
	question: string;
	categories: string[];
	/** How many of the categories are steps in an order, from the first on; 0 where they have none. */
	ordered: number;
	/** Results can be parted by it. */
	about: boolean;
	/** The options of another question that it is asked after: what counts of it counts of them. */
	after: { key: string; options: number[] } | null;
	/** The place of the category; null for who was not asked, and does not count. */
	of(answers: Answers): number | null;
}

export const NO_ANSWER = 'No answer';

/** All that is counted of a survey. Texts are not, and of an order only what stands first. */
export const variablesOf = (questions: readonly Question[]): Variable[] =>
	questions.flatMap((question) => {
		const counted = countedIn(question);
		if (!question.showIf) return counted;
		return counted.map((variable) => ({
			...variable,
			of: (answers: Answers) => (isAsked(question, answers) ? variable.of(answers) : null)
		}));
	});

function countedIn(question: Question): Variable[] {
	const { key, type, options, rows } = question;
	const always = question.required;
	const base = { question: key, about: question.about, after: question.showIf };
	const categories = (names: string[]) => (always ? names : [...names, NO_ANSWER]);
	const placed = (value: unknown, names: string[]) => (typeof value === 'number' ? value : names.length);
	switch (type) {
		case 'single':
		case 'scale':
			return [
				{
					...{ ...base, key, categories: categories(options), ordered: type === 'scale' ? options.length : 0 },
					of: (answers) => placed(answers[key], options)
				}
			];
		case 'matrix':
			return rows.map((_, row) => ({
				...{ ...base, key: `${key}.${row}`, categories: categories(options), ordered: options.length },
				of: (answers) => placed((answers[key] as number[] | undefined)?.[row], options)
			}));
		case 'multiple':
			return options.map((_, option) => ({
				...{ ...base, key: `${key}.${option}`, categories: ['Not chosen', 'Chosen'], ordered: 0 },
				of: (answers) => ((answers[key] as number[] | undefined)?.includes(option) ? 1 : 0)
			}));
		case 'ranking':
			return [
				{
					...{ ...base, key, categories: categories(options), ordered: 0 },
					of: (answers) => placed((answers[key] as number[] | undefined)?.[0], options)
				}
			];
		case 'number': {
			const bands = bandNames(question.bands);
			return [
				{
					...{ ...base, key, categories: categories(bands), ordered: bands.length },
					of: (answers) => {
						const value = answers[key];
						return typeof value === 'number' ? question.bands.filter((from) => value >= from).length : bands.length;
					}
				}
			];
		}
		default:
			return [];
	}
}

/** 30 and 40 give "below 30", "30 to below 40", "40 and more". */
export function bandNames(bands: readonly number[]): string[] {
	const middle = bands.slice(1).map((to, at) => `${bands[at]} to below ${to}`);
	return [`below ${bands[0]}`, ...middle, `${bands.at(-1)} and more`];
}

/**
 * Tables that are made: each thing that all are asked, by each that is about the person. Of
 * what only some are asked, a table would tell how many they are in each group.
 */
export function pairsOf(variables: readonly Variable[]): [asked: Variable, by: Variable][] {
	const about = variables.filter((each) => each.about);
	const asked = variables.filter((each) => !each.about && !each.after);
	return asked.flatMap((each) => about.map((by): [Variable, Variable] => [each, by]));
}

export const pairKey = (asked: string, by: string) => `${asked}|${by}`;
