import { givenIn } from '#src/survey/answers.ts';
import type { Question } from '#src/survey/survey.ts';

/**
 * What a form to answer a survey sent, for the schema of its answers.
 * @param values the fields of the form
 */
export const sheetOf = (
	questions: readonly Question[],
	{ version, resume = '', ...values }: Record<string, string>
) => ({
	...{ version, resume },
	answers: givenIn(questions, values)
});
