import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { newSurvey } from '../input.ts';
import { readLimeSurvey } from './limesurvey.ts';

type Row = Record<string, string | number>;
const cell = ([name, value]: [string, string | number]) => `<${name}><![CDATA[${value}]]></${name}>`;
const table = (name: string, rows: Row[]) =>
	`<${name}><fields/><rows>${rows.map((row) => `<row>${Object.entries(row).map(cell).join('')}</row>`).join('')}</rows></${name}>`;
const lss = (tables: Record<string, Row[]>) =>
	Buffer.from(
		`<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>${Object.entries(
			tables
		)
			.map(([name, rows]) => table(name, rows))
			.join('')}</document>`
	);

const settings = [
	{ surveyls_language: 'en', surveyls_title: 'Tools', surveyls_welcometext: '<p>Two <b>minutes</b>.</p>' },
	{ surveyls_language: 'de', surveyls_title: 'Werkzeug', surveyls_welcometext: '' }
];
const asked = (qid: number, type: string, title: string, more: Row = {}): Row => ({
	...{ qid, parent_qid: 0, gid: 1, type, title, mandatory: 'N', question_order: qid, relevance: '1', ...more }
});

test('a structure of today: words in tables of their own, groups, a condition, and a second language', async () => {
	const words = (rows: [number, string, string][]) =>
		rows.flatMap(([qid, en, de]) => [
			{ qid, question: en, help: '', language: 'en' },
			{ qid, question: de, help: '', language: 'de' }
		]);
	const brought = await readLimeSurvey(
		lss({
			answers: [
				{ aid: 1, qid: 1, code: 'A1', sortorder: 1 },
				{ aid: 2, qid: 1, code: 'A2', sortorder: 2 },
				{ aid: 3, qid: 2, code: 'B1', sortorder: 1 },
				{ aid: 4, qid: 2, code: 'B2', sortorder: 2 }
			],
			answer_l10ns: [
				{ aid: 1, answer: 'Shop', language: 'en' },
				{ aid: 1, answer: 'Laden', language: 'de' },
				{ aid: 2, answer: '<em>Warehouse</em>', language: 'en' },
				{ aid: 2, answer: 'Lager', language: 'de' },
				{ aid: 3, answer: 'Bad', language: 'en' },
				{ aid: 4, answer: 'Good', language: 'en' }
			],
			groups: [
				{ gid: 1, group_order: 1 },
				{ gid: 2, group_order: 2 }
			],
			group_l10ns: [
				{ gid: 1, group_name: 'You', language: 'en' },
				{ gid: 2, group_name: 'Tools', language: 'en' }
			],
			questions: [
				asked(1, 'L', 'Team', { mandatory: 'Y' }),
				asked(2, 'F', 'Rated', { gid: 2, relevance: '((Team.NAOK == "A2"))' }),
				asked(3, 'M', 'Which', { gid: 2, mandatory: 'Y', relevance: 'count(Rated) > 1' }),
				asked(4, '|', 'Upload', { gid: 2 }),
				asked(5, 'N', 'Years', { gid: 2 })
			],
			subquestions: [
				asked(6, 'T', 'SQ001', { parent_qid: 2 }),
				asked(7, 'T', 'SQ002', { parent_qid: 2 }),
				asked(8, 'T', 'SQ001', { parent_qid: 3 }),
				asked(9, 'T', 'SQ002', { parent_qid: 3 })
			],
			question_l10ns: words([
				[1, 'Which <b>team</b>?', 'Welches Team?'],
				[2, 'How good?', 'Wie gut?'],
				[3, 'Which help?', 'Welche helfen?'],
				[4, 'A picture', 'Ein Bild'],
				[5, 'How many years?', 'Wie viele Jahre?'],
				[6, 'Light', 'Licht'],
				[7, 'Heat', 'Wärme'],
				[8, 'Pens', 'Stifte'],
				[9, 'Maps', 'Karten']
			]),
			surveys: [{ language: 'en', anonymized: 'N' }],
			surveys_languagesettings: settings
		})
	);
	expect(brought).toMatchObject({ title: 'Tools', bodyMd: 'Two minutes.', language: 'en', anonymous: false });
	expect(brought.questions.map(({ key, type, label }) => [key, type, label])).toEqual([
		...[
			['group1', 'section', 'You'],
			['team', 'single', 'Which team?']
		],
		...[
			['group2', 'section', 'Tools'],
			['rated', 'matrix', 'How good?']
		],
		...[
			['which', 'multiple', 'Which help?'],
			['years', 'number', 'How many years?']
		]
	]);
	const [, team, , rated, which] = brought.questions;
	expect(team).toMatchObject({ options: ['Shop', 'Warehouse'], required: true });
	expect(rated).toMatchObject({
		rows: ['Light', 'Heat'],
		options: ['Bad', 'Good'],
		showIf: { key: 'team', options: [1] }
	});
	expect(which).toMatchObject({ options: ['Pens', 'Maps'], required: false, showIf: null });
	expect(brought.notes.join('\n')).toMatch(/“A picture” was left out: it takes files/);
	expect(brought.notes.join('\n')).toMatch(/“Which help\?” is asked of all: its condition \(count\(Rated\) > 1\)/);
	expect(brought.translations.de).toMatchObject({
		...{
			'team.label': 'Welches Team?',
			'team.options.1': 'Lager',
			'rated.rows.1': 'Wärme',
			'which.options.0': 'Stifte'
		}
	});
	const { notes: _, ...given } = brought;
	expect(parse(newSurvey, { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', ...given }).questions).toHaveLength(6);
});

test('a structure of before version 4: words beside everything else, two questions of one code', async () => {
	const { questions } = await readLimeSurvey(
		lss({
			answers: [
				{ qid: 1, code: '1', answer: 'No', sortorder: 1, language: 'en' },
				{ qid: 1, code: '2', answer: 'Yes', sortorder: 2, language: 'en' },
				{ qid: 1, code: '2', answer: 'Ja', sortorder: 2, language: 'de' }
			],
			groups: [{ gid: 1, group_name: 'All', group_order: 0, language: 'en' }],
			questions: [
				asked(1, 'L', '1-a', { question: 'Ready?', help: 'Say so.', language: 'en' }),
				asked(1, 'L', '1-a', { question: 'Bereit?', language: 'de' }),
				asked(2, 'A', '1a', { question: 'Rate', language: 'en' }),
				asked(3, 'T', 'SQ1', { parent_qid: 2, question: 'Tea', language: 'en' })
			],
			surveys_languagesettings: settings
		})
	);
	expect(questions).toMatchObject([
		{ key: 'q1a', label: 'Ready?', hint: 'Say so.', options: ['No', 'Yes'] },
		{ key: 'q1a2', type: 'matrix', rows: ['Tea'], options: ['1', '2', '3', '4', '5'] }
	]);
});

test.each([
	['cut off', Buffer.from('<document><questions><rows><row><qid>1')],
	['no XML', Buffer.from('questions: 7')],
	['another document', Buffer.from('<html><body>Hello</body></html>')],
	['with entities', Buffer.from('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><document>&a;</document>')]
])('a file that is %s is told so', async (_, content) => {
	await expect(readLimeSurvey(content)).rejects.toThrow(/The file|This is no survey/);
});
