import { descendants, elementsIn, textOf, type Element } from '#src/platform/server/xml-tree.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { keyFor, type Brought } from './brought.ts';
import { questionOf, showIfOf, type Lime } from './limesurvey-questions.ts';

const TABLES = [
	...['LimeSurveyDocType', 'groups', 'group_l10ns', 'questions', 'question_l10ns', 'subquestions'],
	...['answers', 'answer_l10ns', 'surveys', 'surveys_languagesettings']
];
type Row = Record<string, string>;
type Tables = Record<string, Row[]>;

/**
 * The structure of a survey that LimeSurvey exported: `.lss`, of versions before 4 (words
 * beside everything else) and since (words in tables of their own).
 * @throws Unreadable with a sentence that says why
 */
export async function readLimeSurvey(content: Uint8Array): Promise<Brought> {
	const tables = await tablesOf(content);
	if (!tables.questions) throw new Unreadable('This is no survey structure of LimeSurvey: it has no questions.');
	const language = tables.surveys?.[0]?.language || tables.surveys_languagesettings?.[0]?.surveyls_language || 'en';
	const notes: string[] = [];
	const taken = new Set<string>();
	const settings = inLanguage(tables.surveys_languagesettings ?? [], language, 'surveyls_language')[0];
	const lime = questionsIn(tables, language);
	const carried = lime.flatMap((one) => {
		const question = questionOf(one);
		if (typeof question === 'string') notes.push(`“${one.title}” was left out: ${question}.`);
		return typeof question === 'string' ? [] : [{ one, question: { ...question, key: keyFor(one.code, taken) } }];
	});
	const known = new Map(carried.map(({ one, question }) => [one.code, { lime: one, question }]));
	const questions = carried.map(({ one, question }) => {
		const showIf = showIfOf(one, known);
		if (showIf === undefined)
			notes.push(
				`“${one.title}” is asked of all: its condition (${one.relevance.slice(0, 80)}) could not be carried over.`
			);
		return { ...question, showIf: showIf ?? null, required: question.required && question.type !== 'multiple' };
	});
	notes.push('Say which questions are about the person: results can be parted by them.');
	for (const { type, label } of questions)
		if (type === 'number') notes.push(`“${label}” is a number: look at where its results are parted.`);
	return {
		title: words(settings?.surveyls_title) || 'A survey from LimeSurvey',
		bodyMd: words(settings?.surveyls_welcometext) || words(settings?.surveyls_description),
		anonymous: tables.surveys?.[0]?.anonymized !== 'N',
		...{ language, questions, notes, translations: translationsOf(tables, language, carried) }
	};
}

async function tablesOf(content: Uint8Array): Promise<Tables> {
	const tables: Tables = {};
	async function* pieces() {
		yield Buffer.from(content);
	}
	for await (const element of elementsIn(pieces(), (name) => TABLES.includes(name)))
		tables[element.name] = descendants(element, 'row').map(rowOf);
	return tables;
}

const rowOf = (row: Element): Row =>
	Object.fromEntries(
		row.children.filter((each): each is Element => typeof each !== 'string').map((each) => [each.name, textOf(each)])
	);

const words = (html = '') => plainText(html, 500).trim();
const inLanguage = (rows: readonly Row[], language: string, name = 'language') =>
	rows.filter((row) => !row[name] || row[name] === language);
const byOrder = (name: string) => (one: Row, other: Row) => Number(one[name] ?? 0) - Number(other[name] ?? 0);

/** The words of something, from the table of its own or from where it stands. */
function said(tables: Tables, table: string, idName: string, row: Row, language: string): Row {
	const own = (tables[table] ?? []).find((each) => each[idName] === row[idName] && each.language === language);
	return own ?? row;
}

function questionsIn(tables: Tables, language: string): Lime[] {
	const groups = inLanguage(tables.groups ?? [], language).sort(byOrder('group_order'));
	const places = new Map(groups.map(({ gid }, at) => [gid, at]));
	const all = inLanguage(tables.questions!, language)
		.filter(({ parent_qid: parent }) => !parent || parent === '0')
		.sort((a, b) => (places.get(a.gid) ?? 0) - (places.get(b.gid) ?? 0) || byOrder('question_order')(a, b));
	const lime = all.map((row) => limeOf(tables, row, language));
	if (groups.length < 2) return lime;
	return lime.flatMap((one, at) => {
		const gid = all[at]!.gid;
		const group = gid !== all[at - 1]?.gid && groups.find((each) => each.gid === gid);
		return group ? [headingOf(tables, group, language), one] : [one];
	});
}

function headingOf(tables: Tables, group: Row, language: string): Lime {
	const { group_name: name, description } = said(tables, 'group_l10ns', 'gid', group, language);
	const code = `group${group.gid}`;
	return {
		...{ qid: code, code, type: 'X', relevance: '1', title: words(name) || code, help: words(description) },
		...{ mandatory: false, rows: [], options: [] }
	};
}

function limeOf(tables: Tables, row: Row, language: string): Lime {
	const { question, help } = said(tables, 'question_l10ns', 'qid', row, language);
	const subs = inLanguage([...(tables.subquestions ?? []), ...tables.questions!], language)
		.filter(({ parent_qid: parent }) => parent && parent !== '0' && parent === row.qid)
		.sort(byOrder('question_order'));
	const answers = inLanguage(tables.answers ?? [], language)
		.filter(({ qid }) => qid === row.qid)
		.sort(byOrder('sortorder'));
	return {
		...{ qid: row.qid ?? '', code: row.title ?? '', type: row.type ?? '', relevance: row.relevance ?? '' },
		...{ title: words(question) || (row.title ?? ''), help: words(help), mandatory: row.mandatory === 'Y' },
		rows: subs.map((sub) => words(said(tables, 'question_l10ns', 'qid', sub, language).question) || (sub.title ?? '')),
		options: answers.map((answer) => ({
			code: answer.code ?? '',
			label: words(said(tables, 'answer_l10ns', 'aid', answer, language).answer) || (answer.code ?? '')
		}))
	};
}

/** Words in the other languages, where the question was carried over with as many rows and options. */
function translationsOf(
	tables: Tables,
	language: string,
	carried: readonly { one: Lime; question: { key: string; rows: string[]; options: string[] } }[]
): Brought['translations'] {
	const settings = tables.surveys_languagesettings ?? [];
	const others = settings.flatMap(({ surveyls_language: each }) => (each && each !== language ? [each] : []));
	const entries = [...new Set(others)].filter((each) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/.test(each)).slice(0, 20);
	return Object.fromEntries(
		entries.map((other) => {
			const there = new Map(questionsIn(tables, other).map((one) => [one.qid, one]));
			const places = carried.flatMap(({ one, question: { key, rows, options } }) => {
				const same = there.get(one.qid);
				if (!same) return [];
				const list = (name: string, texts: string[], length: number): [string, string][] =>
					texts.length === length ? texts.map((text, at) => [`${key}.${name}.${at}`, text]) : [];
				const asOptions =
					rows.length === 0 && same.rows.length === options.length ? same.rows : same.options.map(({ label }) => label);
				return [
					[`${key}.label`, same.title.slice(0, 300)] as [string, string],
					...list('rows', same.rows, rows.length),
					...list('options', asOptions, options.length)
				];
			});
			return [other, Object.fromEntries(places.filter(([, text]) => text))];
		})
	);
}
