/** Options, pairs, accepted answers: as many as a question may have. */
export const OPTIONS = 12;

/** The columns as they are written, in their order. */
export const columns = [
	...['id', 'objective', 'type', 'prompt', 'right'],
	...Array.from({ length: OPTIONS }, (_, n) => `option ${n + 1}`),
	...['why', 'tolerance', 'units', 'case'],
	...Array.from({ length: OPTIONS }, (_, n) => `why ${n + 1}`)
];

/** What people call the same in tables of their own. */
const names: Record<string, string> = {
	question: 'prompt',
	'question text': 'prompt',
	text: 'prompt',
	stem: 'prompt',
	'question type': 'type',
	kind: 'type',
	answer: 'right',
	'correct answer': 'right',
	'correct answers': 'right',
	correct: 'right',
	solution: 'right',
	key: 'right',
	explanation: 'why',
	feedback: 'why',
	rationale: 'why',
	category: 'objective',
	topic: 'objective',
	unit: 'units'
};

/** The column a head stands for: `Option A`, `Answer 1`, `choice_3`; undefined for what is not known. */
export function columnOf(head: string): string | undefined {
	const name = head
		.replace(/^\ufeff/, '')
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ');
	const option = /^(?:option|answer|choice|alternative)? ?(\d{1,2}|[a-l])$/.exec(name);
	if (option) return `option ${numberOf(option[1]!)}`;
	const why = /^(?:why|feedback|explanation) (\d{1,2}|[a-l])$/.exec(name);
	if (why) return `why ${numberOf(why[1]!)}`;
	return columns.includes(name) ? name : names[name];
}

const numberOf = (sign: string) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 96);
