import { card, type Card } from '../aid.ts';
import type { ContentOf } from '../content.ts';

type Rule = ContentOf<'decision'>['rules'][number];

/** A table of few rules can still branch a lot: beyond this the rules themselves are shown. */
const MOST_CARDS = 400;
const ELSE = 'Something else';

/**
 * A decision table as questions that lead on: one at a time, only those that still matter,
 * with the answers that are still open, down to what is to be done.
 */
export function decisionCards({ questions, rules }: ContentOf<'decision'>, html: (text: string) => string): Card[] {
	const cards: Card[] = [];
	const known = new Map<string, number>();
	const bulleted = (left: Rule[]) => html(left.map(({ then }) => (left.length > 1 ? `- ${then}` : then)).join('\n'));

	function ask(left: Rule[], from: number): number {
		const question = questions.findIndex((_, index) => index >= from && left.some(({ when }) => when[index]));
		const key = `${question}:${left.map((rule) => rules.indexOf(rule)).join()}`;
		const there = known.get(key);
		if (there !== undefined) return there;
		const number = cards.push(card({ title: '' })) - 1;
		known.set(key, number);
		cards[number] =
			question < 0 || cards.length > MOST_CARDS
				? card({ title: 'Then', html: bulleted(left) })
				: card({ title: questions[question]!, choices: choicesOf(left, question) });
		return number;
	}

	function choicesOf(left: Rule[], question: number): Card['choices'] {
		const any = left.filter(({ when }) => !when[question]);
		const answers = [...new Set(left.map(({ when }) => when[question]).filter(Boolean))] as string[];
		const choices = answers.map((answer) => ({
			label: answer,
			to: ask(
				left.filter(({ when }) => !when[question] || when[question] === answer),
				question + 1
			)
		}));
		return any.length > 0 ? [...choices, { label: ELSE, to: ask(any, question + 1) }] : choices;
	}

	ask(rules, 0);
	return cards;
}
