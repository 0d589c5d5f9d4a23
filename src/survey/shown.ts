import { groupTests, type GroupTest } from './groups.ts';
import { holdsIn, type Holds } from './holds.ts';
import { panelPlot } from './panels.ts';
import { barPlot, plotOf } from './plot.ts';
import { NO_ANSWER } from './release/variables.ts';
import type { QuestionResult, ResultsView } from './views.ts';
import {
	changesSince,
	isOnWays,
	peopleSince,
	practiceOf,
	type PeopleCompared,
	type Practice,
	type WayChange
} from './workplace/compare.ts';
import { oddSums } from './workplace/published.ts';

/** A question as the page shows it: drawn and compared on the server, so that a browser has nothing to work out. */
export interface ShownQuestion extends QuestionResult {
	/** Its steps, options or bands, without who gave no answer. */
	steps: string[];
	/** One for the whole question, where it has one to take away. */
	plot: string | null;
	/** By row, for what is counted by itself. */
	plots: (string | null)[];
	/** A small plot for each share, in each group. */
	panels: string | null;
	holds: Holds[];
	/** Whether the groups differ, for what is not on a scale of many rows. */
	test: GroupTest | null;
}

export interface ShownResults extends Omit<ResultsView, 'questions'> {
	questions: ShownQuestion[];
	/** What the ten ways of learning come to; null for another survey. */
	workplace: {
		practice: Practice | null;
		changes: WayChange[];
		people: (PeopleCompared & { sum: number | null })[];
	} | null;
}

/** Results with all that is drawn and computed from them. */
export function showResults(results: ResultsView): ShownResults {
	const tests = groupTests(results.questions);
	const questions = results.questions.map((question) => showQuestion(question, tests[question.key] ?? null));
	return { ...results, questions, workplace: workplaceOf(results) };
}

function showQuestion(question: QuestionResult, test: GroupTest | null): ShownQuestion {
	const steps = question.options.filter((option) => option !== NO_ANSWER);
	const rated = question.type === 'matrix';
	return {
		...question,
		...{ steps, plot: plotOf(question), test },
		plots:
			rated || question.type === 'multiple' ? [] : question.rows.map(({ label, all }) => all && barPlot(label, all)),
		panels: panelPlot(question),
		holds: rated ? holdsIn(question.rows, steps.length) : []
	};
}

function workplaceOf({ by, questions }: ResultsView): ShownResults['workplace'] {
	const question = by === null ? questions.find(isOnWays) : undefined;
	if (!question) return null;
	const odd = new Map(oddSums().map(({ question: key, sum }) => [key, sum]));
	return {
		practice: practiceOf(question),
		changes: changesSince(question),
		people: peopleSince(questions).map((each) => ({ ...each, sum: odd.get(each.key) ?? null }))
	};
}
