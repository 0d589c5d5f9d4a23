/** What can be asked; a section is a heading. */
export const questionTypes = ['matrix', 'single', 'multiple', 'scale', 'number', 'text', 'ranking', 'section'] as const;
export type QuestionType = (typeof questionTypes)[number];

export const typeLabels: Record<QuestionType, string> = {
	matrix: 'Several things on one scale',
	single: 'One of several',
	multiple: 'Any of several',
	scale: 'A step of a scale',
	number: 'A number',
	text: 'In own words',
	ranking: 'An order',
	section: 'A heading'
};

export interface Question {
	/** Its name in answers, which stays when its words change. */
	key: string;
	type: QuestionType;
	label: string;
	hint: string;
	required: boolean;
	/** About the person: results can be parted by it. */
	about: boolean;
	/** What is rated on the scale of a matrix. */
	rows: string[];
	/** What can be chosen or is put in order; the steps of a scale, from the lowest. */
	options: string[];
	/** Where a number's results are parted: 30 and 40 give below 30, 30 to below 40, 40 and more. */
	bands: number[];
	/** Asked only of those who chose one of these options there. */
	showIf: { key: string; options: number[] } | null;
}

export interface SurveyContent {
	questions: Question[];
	/** By language, then by place: `q1.label`, `q1.options.2`. */
	translations: Record<string, Record<string, string>>;
}

/** By question: a place of an option, several, those of a matrix by row, a number, or a text. */
export type AnswerValue = number | string | (number | null)[];
export type Answers = Record<string, AnswerValue>;

export type SurveyStatus = 'preparing' | 'open' | 'closed';
export const statusLabels: Record<SurveyStatus, string> = {
	preparing: 'Being prepared',
	open: 'Open',
	closed: 'Closed'
};

/** Whether a question is asked, after what was answered before. */
export function isAsked({ showIf }: Question, answers: Answers): boolean {
	const chosen = showIf && answers[showIf.key];
	return !showIf || (typeof chosen === 'number' && showIf.options.includes(chosen));
}

const SECONDS: Record<QuestionType, number> = {
	...{ matrix: 7, single: 10, multiple: 12, scale: 8, number: 10, text: 60, ranking: 6, section: 2 }
};

/** How long it takes to answer, in minutes. */
export function minutesOf({ questions }: Pick<SurveyContent, 'questions'>): number {
	const seconds = questions.reduce((sum, { type, rows, options }) => {
		const times = type === 'matrix' ? rows.length : type === 'ranking' ? options.length : 1;
		return sum + SECONDS[type] * times;
	}, 0);
	return Math.max(1, Math.round(seconds / 60));
}

/** The texts of a question that can be translated, by their places. */
export function textsOf({ key, label, hint, rows, options }: Question): [place: string, text: string][] {
	const list = (name: string, texts: string[]) =>
		texts.map((text, at): [string, string] => [`${key}.${name}.${at}`, text]);
	const all: [string, string][] = [
		[`${key}.label`, label],
		[`${key}.hint`, hint]
	];
	return [...all, ...list('rows', rows), ...list('options', options)].filter(([, text]) => text !== '');
}

/** A survey's questions in a language, as far as they are translated. */
export function inLanguage({ questions, translations }: SurveyContent, language: string): Question[] {
	const words = translations[language];
	if (!words) return questions;
	return questions.map((question) => ({
		...question,
		label: words[`${question.key}.label`] || question.label,
		hint: words[`${question.key}.hint`] || question.hint,
		rows: question.rows.map((text, at) => words[`${question.key}.rows.${at}`] || text),
		options: question.options.map((text, at) => words[`${question.key}.options.${at}`] || text)
	}));
}
