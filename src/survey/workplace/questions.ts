import type { Question } from '../survey.ts';
import { importance, ways } from './ways.ts';

/** The key of the question on the ten ways. */
export const WAYS = 'ways';

const plain = { hint: '', required: false, about: false, rows: [], options: [], bands: [], showIf: null };
const person = (key: string, label: string, options: string[]): Question => ({
	...{ ...plain, key, type: 'single', label, options: [...options, 'I would rather not say'] },
	...{ required: true, about: true }
});

/** Who answers: seven things. The options stand as `publishedPeople` compares them. */
export const people: readonly Question[] = [
	person('country', 'In which country do you work?', [
		...['United States', 'United Kingdom', 'Australia', 'Canada', 'New Zealand', 'Another country in Europe'],
		...['South America', 'Asia', 'Africa', 'Elsewhere']
	]),
	person('industry', 'In which industry?', [
		...['Education', 'Technology', 'Government', 'Financial services', 'Healthcare', 'Another industry']
	]),
	person('size', 'How many people work in your organisation?', [
		...['Up to 10', '11 to 50', '51 to 250', '251 to 1,000', '1,001 to 5,000', 'More than 5,000']
	]),
	person('function', 'What do you work in?', [
		...['HR or learning', 'IT', 'Sales or marketing', 'Operations', 'Another function']
	]),
	person('job', 'Do you manage people?', ['No, or other', 'Line manager', 'Middle manager', 'Senior manager']),
	person('age', 'How old are you?', ['30 or younger', '31 to 40', '41 to 50', '51 to 60', 'Older than 60']),
	person('sex', 'What is your sex or gender?', ['Male', 'Female', 'I describe it in another way'])
];

/** The survey of learning in the workplace, ready to be asked: three minutes, anonymous. */
export const workplaceSurvey = () => ({
	title: 'Learning in the workplace',
	bodyMd:
		'Which ways of learning matter to you in your work? Ten ways, and a few words about you. It is anonymous: nobody can find out what you answered.',
	...{ tags: ['learning'], language: 'en', anonymous: true, minCell: 5, releaseEvery: 20, translations: {} },
	questions: [
		{
			...{ ...plain, key: WAYS, type: 'matrix', rows: ways.map(({ label }) => label), options: [...importance] },
			...{ label: 'How important is each of these ways of learning to you in your work?', required: true },
			hint: 'Important means of value and use to you. It does not mean how often you do it, or how well it is done.'
		},
		{ ...plain, key: 'you', type: 'section', label: 'About you' },
		...people
	] satisfies Question[]
});
