import type { Answer } from '../answer.ts';
import type { ShownQuestion } from './attempt.ts';

/** What was answered, in words: nothing of it comes from the key. */
export function inWords(question: ShownQuestion, answer: Answer | null): string {
	if (answer === null) return 'nothing';
	const called = (name: string) => question.pieces.find((piece) => piece.name === name)?.text ?? '';
	if ('chosen' in answer) return answer.chosen.map(called).join(' · ');
	if ('keys' in answer) return answer.keys.map(called).join(' → ');
	if ('pairs' in answer)
		return Object.entries(answer.pairs)
			.map(([name, word]) => `${called(name)}: ${word}`)
			.join(' · ');
	if ('fields' in answer)
		return (question.form?.fields ?? [])
			.filter(({ name }) => answer.fields[name])
			.map(({ name, label }) => `${label}: ${answer.fields[name]}`)
			.join(' · ');
	if ('text' in answer) return answer.text;
	if ('value' in answer) return `${answer.value} ${answer.unit}`.trim();
	if ('x' in answer) return `${Math.round(answer.x)} % from the left, ${Math.round(answer.y)} % from the top`;
	return [answer.url, answer.fileId && (question.fileName ?? 'a file'), answer.note].filter(Boolean).join(' · ');
}
