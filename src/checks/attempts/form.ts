import type { QuestionType } from '../question.ts';

type Sheet = Record<string, Record<string, unknown>>;

/** The fields of the page, `<question>.chosen` and so on, as answers. What nobody touched is there, and empty. */
export function fromForm(values: Record<string, string>): Sheet {
	const sheet: Sheet = {};
	const places: Record<string, [number, string][]> = {};
	for (const [name, value] of Object.entries(values)) {
		const [question = '', part = '', piece = ''] = name.split('.');
		if (!isId.test(question)) continue;
		const answer = (sheet[question] ??= {});
		if (part === 'place') {
			if (piece && value) (places[question] ??= []).push([Number(value), piece]);
		} else put(answer, part, piece, value);
	}
	for (const [question, some] of Object.entries(places))
		sheet[question]!.keys = some.sort(([one], [other]) => one - other).map(([, piece]) => piece);
	return sheet;
}

function put(answer: Record<string, unknown>, part: string, piece: string, value: string): void {
	switch (part) {
		case 'type':
			Object.assign(answer, emptyOf[value as QuestionType]);
			break;
		case 'chosen':
			answer.chosen = value.split(',').filter(Boolean);
			break;
		case 'pair':
			if (piece && value) answer.pairs = { ...(answer.pairs as object), [piece]: value };
			break;
		case 'field':
			if (piece) answer.fields = { ...(answer.fields as object), [piece]: value };
			break;
		case 'x':
		case 'y':
			if (value.trim()) answer[part] = Number(value.replace(',', '.'));
			break;
		case 'fileId':
			if (value) answer.fileId = value;
			break;
		default:
			if (texts.has(part)) answer[part] = value;
	}
}

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const texts = new Set(['text', 'value', 'unit', 'url', 'note']);

/** What a question is answered with of which nothing was touched. */
const emptyOf: Partial<Record<QuestionType, object>> = {
	choice: { chosen: [] },
	order: { keys: [] },
	match: { pairs: {} },
	form: { fields: {} }
};
