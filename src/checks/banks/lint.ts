import type { QuestionContent, QuestionOf, QuestionType } from '../question.ts';

/** What the lint says of a question or of a whole bank; nothing of it ever stops a question from being asked. */
export interface Warning {
	rule: LintRule;
	/** A sentence with what to do about it. */
	message: string;
	/** The question; none where it is about the whole. */
	questionId?: string;
}

export const lintRules = [
	'definition',
	'trivia',
	'all-or-none',
	'longest-right',
	'grammar-cue',
	'absolute-words',
	'position-pattern',
	'mostly-choice',
	'unmapped',
	'no-why',
	'reading-level',
	'few-questions',
	'flow-budget'
] as const;
export type LintRule = (typeof lintRules)[number];

export interface Linted {
	id: string;
	objectiveId: string | null;
	content: QuestionContent;
}

/** What a check draws, for the rules about the whole. */
export interface Drawn {
	objectiveId: string;
	title: string;
	draws: number;
}

const plain = (markdown: string) =>
	markdown
		.replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/[*_`#>]+/g, '')
		.replace(/\s+/g, ' ')
		.trim();
const wordsOf = (text: string) => plain(text).match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

/**
 * What could be better about one question. English is looked at word by word; of other languages only what needs no
 * words of theirs.
 * @param language of the organisation: `en`, `de`
 */
export function lintQuestion({ id, content }: Linted, language = 'en'): Warning[] {
	const english = language.startsWith('en');
	const say = (rule: LintRule, message: string | false | undefined): Warning[] =>
		message ? [{ rule, message, questionId: id }] : [];
	return [
		...(english ? say('definition', asksForDefinition(content.prompt)) : []),
		...(english ? say('trivia', asksForTrivia(content)) : []),
		...(content.type === 'choice' ? choiceRules(content, english, say) : []),
		...say(
			'unmapped',
			content.parts.length === 0 && 'Name the part of the content that says it: whoever answers wrong is led there.'
		),
		...say('no-why', content.why.trim() === '' && 'Say why it is so: everybody reads it afterwards.'),
		...say('reading-level', isHardToRead(content, english))
	];
}

const asksForDefinition = (prompt: string) =>
	/(^|[.!?]\s+)(what (is|are|does) (the )?(definition|meaning)|what does ["“]?[\w -]{1,40}["”]? (mean|stand for)|define |what is (a|an|the) (?:\w+ ?){1,3}\?\s*$|which (of the following )?(best )?(defines|describes)|what is meant by)/i.test(
		plain(prompt)
	) && 'It asks what something is called or means. Ask what one does with it at work: a case, then a decision.';

const asksForTrivia = ({ prompt, type }: QuestionContent) =>
	type !== 'form' &&
	/\b(in (which|what) year|(which|what) year|when was .* (founded|introduced|invented|published|adopted)|who (founded|invented|introduced|wrote|discovered)|which (paragraph|section|article|chapter) (of|number)|how many (pages|chapters|paragraphs)|what (number|colou?r) is the (form|folder|binder|cover))\b/i.test(
		plain(prompt)
	) &&
	'It asks for a fact that anybody can look up. Let the fact be given, and ask what follows from it.';

const ALL_OR_NONE =
	/\b(all|none|both|neither) of (the|these|those)( (above|below|options|answers|following|other))?\b|^(all|none) (are|is) (right|correct|true|wrong)|^(both|neither) (a|of them)\b|\b(alle|keine)r? (der )?(oben|antworten|genannten|vorigen)|\b(toutes|aucune) (les|des) réponses|\b(todas|ninguna) (las|de las) (anteriores|respuestas)/i;

const ABSOLUTE =
	/\b(always|never|only|all|none|every|nobody|everybody|must|impossible|completely|absolutely|under no circumstances)\b/i;

type Say = (rule: LintRule, message: string | false | undefined) => Warning[];

function choiceRules(content: QuestionOf<'choice'>, english: boolean, say: Say): Warning[] {
	const texts = content.options.map(({ text }) => plain(text));
	const found = texts.find((text) => ALL_OR_NONE.test(text));
	return [
		...say(
			'all-or-none',
			found &&
				`“${found}” is known by who knows two of the others. Put in what people really do, or let several be right.`
		),
		...say('longest-right', rightIsLongest(content)),
		...(english ? say('grammar-cue', grammarTells(content)) : []),
		...(english ? say('absolute-words', absoluteTells(content)) : [])
	];
}

/** The right option is longer than each other by a fifth, and by 15 characters. */
function rightIsLongest({ options }: QuestionOf<'choice'>): string | undefined {
	const length = (right: boolean) =>
		options.filter((each) => each.right === right).map(({ text }) => plain(text).length);
	const [right, wrong] = [length(true), length(false)];
	if (wrong.length === 0) return undefined;
	const longest = Math.max(...wrong);
	return right.every((each) => each > longest * 1.2 && each > longest + 15)
		? 'The right option is by far the longest, which gives it away. Shorten it, or say as much in the others.'
		: undefined;
}

/** A prompt that ends in "a" or "an" is finished by some options only. */
function grammarTells({ prompt, options }: QuestionOf<'choice'>): string | undefined {
	const article = /\b(an?)\s*[:…_.]*\s*$/i.exec(plain(prompt))?.[1]?.toLowerCase();
	if (!article) return undefined;
	const fits = ({ text }: { text: string }) => /^[aeiou]/i.test(plain(text)) === (article === 'an');
	const wrong = options.filter((each) => !each.right);
	return options.filter(({ right }) => right).every(fits) && wrong.some((each) => !fits(each))
		? `The question ends in “${article}”, which only some options go on from. Ask a whole question, or put the article into the options.`
		: undefined;
}

/** Absolute words stand in wrong options alone, in two at least: whoever knows nothing strikes those out. */
function absoluteTells({ options }: QuestionOf<'choice'>): string | undefined {
	const absolute = (right: boolean) =>
		options.filter((each) => each.right === right && ABSOLUTE.test(plain(each.text))).length;
	return absolute(false) >= 2 && absolute(true) === 0
		? 'Words such as “always” and “never” stand in wrong options only, which gives them away.'
		: undefined;
}

/** As a reader of about 15 years reads without effort. */
const MOST_GRADE = 9;
const MOST_WORDS = 25;

/** Texts of fewer words say little of how hard they are. */
const FEWEST_WORDS = 25;

function isHardToRead(content: QuestionContent, english: boolean): string | undefined {
	const text = [
		content.prompt,
		...(content.type === 'choice' ? content.options.map((each) => `${each.text}.`) : [])
	].join('. ');
	const { words } = counts(text);
	if (words < FEWEST_WORDS) return undefined;
	if (english) {
		const grade = readingGrade(text);
		return grade > MOST_GRADE
			? `It reads like a text of school grade ${Math.round(grade)}. Use shorter sentences and everyday words.`
			: undefined;
	}
	const asked = counts(content.prompt);
	const mean = asked.words / asked.sentences;
	return mean > MOST_WORDS
		? `Its sentences have ${Math.round(mean)} words. Shorter ones are read without effort.`
		: undefined;
}

/**
 * The Flesch–Kincaid grade level of an English text: 0.39 × words a sentence + 11.8 × syllables a word − 15.59
 * (Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel,
 * Research Branch Report 8-75, 1975). Syllables are counted by groups of vowels.
 */
export function readingGrade(text: string): number {
	const { words, sentences, syllables } = counts(text);
	return words === 0 ? 0 : 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

function counts(text: string): { words: number; sentences: number; syllables: number } {
	const words = wordsOf(text);
	const sentences = plain(text)
		.split(/[.!?:]+(?:\s|$)/)
		.filter((sentence) => wordsOf(sentence).length > 0).length;
	return {
		words: words.length,
		sentences: Math.max(1, sentences),
		syllables: words.reduce((sum, word) => sum + syllablesOf(word), 0)
	};
}

/** Groups of vowels, without a silent e at the end; one at least. */
export function syllablesOf(word: string): number {
	const low = word.toLowerCase();
	const groups = low.match(/[aeiouy]+/g)?.length ?? 0;
	const silent = /[^aeiouyl]e$|[^aeiouy]es$|[^aeioutdy]ed$/.test(low) ? 1 : 0;
	return Math.max(1, groups - silent);
}

/**
 * What could be better about all questions of a bank together.
 * @param draws what one check draws; none for the bank by itself
 */
export function lintBank(questions: Linted[], draws: Drawn[] = [], minutes?: number): Warning[] {
	return [
		...positions(questions),
		...mostlyChoice(questions),
		...draws.flatMap((draw) => fewQuestions(questions, draw)),
		...overBudget(questions, draws, minutes)
	];
}

/** Where the right option of single choices stands as its author wrote them: the same place four times out of five, of five at least. */
function positions(questions: Linted[]): Warning[] {
	const places = questions.flatMap(({ content }) =>
		content.type === 'choice' && !content.multiple ? [content.options.findIndex(({ right }) => right)] : []
	);
	if (places.length < 5) return [];
	const often = [...new Set(places)].map((place) => ({ place, count: places.filter((each) => each === place).length }));
	const { place, count } = often.sort((one, other) => other.count - one.count)[0]!;
	if (count / places.length < 0.8) return [];
	const message = `In ${count} of ${places.length} choices the right option was written as number ${place + 1}. They are mixed when they are asked, but not on paper or after an export: move some.`;
	return [{ rule: 'position-pattern', message }];
}

function mostlyChoice(questions: Linted[]): Warning[] {
	const choices = questions.filter(({ content }) => content.type === 'choice').length;
	if (questions.length < 5 || choices / questions.length <= 0.7) return [];
	const message = `${choices} of ${questions.length} questions are choices. To recognise is easier than to do: let people order, fill in, work out or show.`;
	return [{ rule: 'mostly-choice', message }];
}

function fewQuestions(questions: Linted[], { objectiveId, title, draws }: Drawn): Warning[] {
	const there = questions.filter((each) => each.objectiveId === objectiveId).length;
	if (there >= draws * 2) return [];
	const missing = draws * 2 - there;
	const message =
		there < draws
			? `“${title}” draws ${draws} and has ${there}. Write ${missing} more, so that another try can draw others.`
			: `“${title}” has ${there} for ${draws} drawn: another try meets the same ones. Write ${missing} more.`;
	return [{ rule: 'few-questions', message }];
}

/** Minutes that answering takes beside reading: what its parts cost. */
const answering: { [T in QuestionType]: (content: QuestionOf<T>) => number } = {
	choice: ({ options }) => 0.3 + options.length * 0.05,
	order: ({ items }) => 0.3 + items.length * 0.15,
	match: ({ pairs }) => 0.3 + pairs.length * 0.15,
	short: () => 0.6,
	numeric: () => 1,
	hotspot: () => 0.5,
	form: ({ fields }) => 0.3 + fields.length * 0.3,
	show: () => 5
};
const WORDS_A_MINUTE = 200;

/** Minutes that one question takes, read at 200 words a minute. */
export function minutesOf(content: QuestionContent): number {
	// What stands between spaces is near enough, and a tenth of the work in a bank of a thousand questions.
	const read = (textsIn(content).match(/\S+/g)?.length ?? 0) / WORDS_A_MINUTE;
	return read + (answering[content.type] as (content: QuestionContent) => number)(content);
}

function textsIn(content: QuestionContent): string {
	const more = {
		choice: () => (content as QuestionOf<'choice'>).options.map(({ text }) => text),
		order: () => (content as QuestionOf<'order'>).items.map(({ text }) => text),
		match: () => (content as QuestionOf<'match'>).pairs.flatMap(({ left, right }) => [left, right]),
		form: () => (content as QuestionOf<'form'>).fields.map(({ label }) => label),
		show: () => (content as QuestionOf<'show'>).rubric.map(({ criterion }) => criterion)
	} as Partial<Record<QuestionType, () => string[]>>;
	return [content.prompt, ...(more[content.type]?.() ?? [])].join(' ');
}

/** What a check takes by what it draws: of each objective the mean of its questions, as often as it draws. */
export const minutesOfAll = (questions: Linted[], draws: Drawn[]): number =>
	draws.reduce((sum, { objectiveId, draws: count }) => {
		const takes = questions.filter((each) => each.objectiveId === objectiveId).map(({ content }) => minutesOf(content));
		const mean = takes.reduce((all, each) => all + each, 0) / Math.max(1, takes.length);
		return sum + mean * Math.min(count, takes.length);
	}, 0);

function overBudget(questions: Linted[], draws: Drawn[], minutes = 15): Warning[] {
	const takes = minutesOfAll(questions, draws);
	const rule = 'flow-budget' as const;
	if (takes > 15)
		return [
			{
				rule,
				message: `What is drawn takes about ${Math.ceil(takes)} minutes, and nothing asked of somebody takes more than 15. Draw fewer, or make two checks of it.`
			}
		];
	if (takes > minutes * 1.5)
		return [{ rule, message: `It says ${minutes} minutes, and what is drawn takes about ${Math.ceil(takes)}.` }];
	return [];
}
