import { z } from 'zod';
import { paging } from '#src/core/api/server/page.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, version } from '#src/core/items/input.ts';
import { orNone } from '../input.ts';
import { questionContent, questionTypes } from '../question.ts';
import { questionStates } from './bank.ts';

export const objectiveTitle = z.strictObject({ title: line(200) });
export type ObjectiveTitle = z.output<typeof objectiveTitle>;

export const objectiveMove = z.strictObject({ move: z.enum(['up', 'down'], 'must be up or down') });
export type ObjectiveMove = z.output<typeof objectiveMove>;

const state = z.enum(questionStates, 'must be draft, ready or retired');

export const newQuestion = z.strictObject({
	content: questionContent,
	/** Without an objective it is kept but never drawn. */
	objectiveId: orNone(id),
	state: state.default('ready'),
	submission
});
export type NewQuestion = z.output<typeof newQuestion>;

export const questionEdit = z.strictObject({
	content: questionContent,
	objectiveId: orNone(id),
	state: state.default('ready'),
	version
});
export type QuestionEdit = z.output<typeof questionEdit>;

export const questionState = z.strictObject({ state });

export const questionFilter = z.strictObject({
	...paging.shape,
	/** Of this objective; `none`: of no objective. */
	objective: z.union([id, z.literal('none')]).optional(),
	type: z.enum(questionTypes).optional(),
	state: state.optional()
});
export type QuestionFilter = z.output<typeof questionFilter>;
