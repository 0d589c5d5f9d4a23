import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, markdown, none, orNone, tags, version } from '#src/core/items/input.ts';
import { minutesOf, questionTypes, type Question } from './survey.ts';

const whole = (min: number, max: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(min, `must be ${min} at least`)
		.max(max, `may be ${max} at most`);
const texts = (most: number) => z.array(line(200, 1)).max(most, `may be ${most} at most`).default([]);

const question = z.strictObject({
	key: z.string().regex(/^[a-z][a-z0-9]{0,19}$/, 'must be letters and digits, 20 at most'),
	type: z.enum(questionTypes, 'must be a type of question'),
	label: line(300, 1),
	hint: line(500, 0).default(''),
	required: checkbox.default(false),
	about: checkbox.default(false),
	rows: texts(30),
	options: texts(60),
	bands: z.array(z.number('must be numbers').min(-1e9).max(1e9)).max(20, 'may be 20 at most').default([]),
	showIf: z
		.strictObject({ key: z.string().max(20), options: z.array(z.number().int().min(0)).min(1, 'is needed').max(60) })
		.nullable()
		.default(null)
});

const MOST_MINUTES = 15;
const questions = z
	.array(question)
	.min(1, 'are missing: ask something')
	.max(80, 'may be 80 at most')
	.superRefine((all, context) => {
		const tell = (at: number, field: string, message: string) =>
			context.addIssue({ code: 'custom', path: [at, field], message });
		for (const [at, each] of all.entries())
			for (const [field, message] of wrongIn(each, all.slice(0, at))) tell(at, field, message);
		if (minutesOf({ questions: all }) > MOST_MINUTES)
			context.addIssue({ code: 'custom', message: `take more than ${MOST_MINUTES} minutes to answer: ask less` });
	});

/** What does not fit together in a question. @param before the questions before it */
function wrongIn(each: Question, before: readonly Question[]): [field: string, message: string][] {
	const wrong: [string, string][] = [];
	const { type, rows, options, bands, showIf } = each;
	const chooses = !['number', 'text', 'section'].includes(type);
	if (before.some(({ key }) => key === each.key)) wrong.push(['key', 'must be another one than those before']);
	if (chooses && options.length < 2) wrong.push(['options', 'must be two at least']);
	if (new Set(options).size < options.length) wrong.push(['options', 'must differ from each other']);
	if (type === 'matrix' && rows.length === 0) wrong.push(['rows', 'are needed: what is rated']);
	if (new Set(rows).size < rows.length) wrong.push(['rows', 'must differ from each other']);
	if (type === 'ranking' && options.length > 12) wrong.push(['options', 'may be 12 at most to be put in order']);
	if (['scale', 'matrix'].includes(type) && options.length > 11)
		wrong.push(['options', 'may be 11 at most on a scale']);
	if (type === 'number' && bands.length === 0) wrong.push(['bands', 'are needed: results are shown in bands']);
	if (bands.some((band, at) => at > 0 && band <= bands[at - 1]!)) wrong.push(['bands', 'must rise']);
	if (each.about && !['single', 'scale'].includes(type))
		wrong.push(['about', 'is only for one of several, or a step of a scale']);
	if (type === 'multiple' && each.required) wrong.push(['required', 'is not for any of several: none is an answer']);
	if (!showIf) return wrong;
	if (each.about) wrong.push(['about', 'is only for what all are asked']);
	const cause = before.find(({ key }) => key === showIf.key);
	if (!cause || !['single', 'scale'].includes(cause.type))
		wrong.push(['showIf', 'must name a question before it that takes one of several']);
	else if (showIf.options.some((option) => option >= cause.options.length))
		wrong.push(['showIf', 'must name options of that question']);
	return wrong;
}

/** `de`, `pt-BR`. */
export const languageTag = z
	.string()
	.trim()
	.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'must be a language, such as de');
const translations = z.record(languageTag, z.record(z.string().max(60), line(500, 0))).default({});
const language = languageTag.default('en');

const settings = {
	title: line(200, 1),
	bodyMd: z.string().default('').pipe(markdown(0)),
	tags,
	language,
	/** So many new answers come into the results together. */
	releaseEvery: z.preprocess(none, whole(20, 10_000).default(20)),
	/** No figure counts fewer people than this. */
	minCell: z.preprocess(none, whole(5, 100).default(5)),
	closesOn: orNone(z.iso.date('must be a day, such as 2030-03-12')),
	edition: line(40, 0).default(''),
	questions
};

/** What comes in together fills four of the smallest figures. */
const batched = (one: { releaseEvery: number; minCell: number }) => one.releaseEvery >= 4 * one.minCell;
const BATCHED = { path: ['minCell'], message: 'may be a quarter of the answers that come in together at most' };

export const newSurvey = z
	.strictObject({ spaceId: id, anonymous: checkbox.default(true), ...settings, translations, submission })
	.refine(batched, BATCHED);
export type NewSurvey = z.output<typeof newSurvey>;

export const surveyEdit = z
	.strictObject({ anonymous: checkbox.default(true), ...settings, note: line(200, 0).default(''), version })
	.refine(batched, BATCHED);
export type SurveyEdit = z.output<typeof surveyEdit>;

/** The survey of learning in the workplace, ready to be asked in a space. */
export const newWorkplaceSurvey = z.strictObject({ spaceId: id, edition: line(40, 0).default(''), submission });
export type NewWorkplaceSurvey = z.output<typeof newWorkplaceSurvey>;

/** Answers by question, and the version that was shown. */
export const answerSheet = z.strictObject({
	version,
	answers: z.record(z.string().max(20), z.unknown()).default({}),
	/** Where it was begun before: what was kept goes. */
	resume: z.string().max(60).default('')
});
export type AnswerSheet = z.output<typeof answerSheet>;

/** The same, from somebody without an account: the form has a name, to know it by when it comes twice. */
export const linkedSheet = answerSheet.extend({ submission: id });
export type LinkedSheet = z.output<typeof linkedSheet>;

export const keptAnswers = z.strictObject({
	answers: z.record(z.string().max(20), z.unknown()).default({}),
	resume: z.string().max(60).default('')
});

/** A survey's texts in another language, by their places; what is left empty stays as it is written. */
export const translation = z.strictObject({ words: z.record(z.string().max(60), line(500, 0)) });
export type Translation = z.output<typeof translation>;

/** Opening and closing. */
export const statusChange = z.strictObject({ status: z.enum(['open', 'closed'], 'must be open or closed') });

export const resultsFilter = z.strictObject({
	/** A question about the person: results are parted by its options. */
	by: orNone(z.string().max(20)),
	/** The number of a release: results as they stood then. */
	release: orNone(whole(1, 10_000))
});
export type ResultsFilter = z.output<typeof resultsFilter>;

/** A plot to take away: of all, by a question about the person, or over the editions. */
export const plotFilter = z.strictObject({
	as: z.enum(['svg', 'png'], 'must be svg or png').default('svg'),
	show: z.enum(['all', 'groups', 'editions'], 'must be all, groups or editions').default('all'),
	by: resultsFilter.shape.by
});
export type PlotFilter = z.output<typeof plotFilter>;

/** All figures of the results, to take away. */
export const figuresFilter = z.strictObject({
	as: z.enum(['csv', 'sav', 'json'], 'must be csv, sav or json').default('csv')
});
export type FigureFormat = z.output<typeof figuresFilter>['as'];

/** Answers by name, to take away, or what their columns mean. */
export const answersFilter = z.strictObject({
	as: z.enum(['csv', 'sav', 'json', 'dictionary'], 'must be csv, sav, json or dictionary').default('csv')
});
export type RowFormat = z.output<typeof answersFilter>['as'];

/** Where a survey from another program goes. */
export const bringTo = z.strictObject({ spaceId: id });

/** A text that is released, as its reader leaves it. */
export const releasedText = z.strictObject({
	question: z.string().max(20),
	text: z.string('is needed').trim().min(1, 'is needed').max(4000, 'may have 4,000 characters at most')
});

/** How the form to answer is asked for. */
export const sheetFilter = z.strictObject({
	language: orNone(z.string().max(20)),
	resume: orNone(z.string().max(60))
});

/** Another round of the same survey. */
export const newEdition = z.strictObject({ edition: line(40, 1), submission });
