import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newSurvey } from '#src/survey/input.ts';
import { changeStatus, makeLink, makeSurvey } from '#src/survey/server/write.ts';

/** Something of most types. */
export const surveyQuestions = [
	{ key: 'team', type: 'single', label: 'Which team?', options: ['Shop', 'Warehouse'], required: true, about: true },
	{ key: 'tools', type: 'multiple', label: 'Which help you?', options: ['Notes', 'Films', 'People'] },
	{
		...{ key: 'rated', type: 'matrix', label: 'How important is it?', rows: ['Notes', 'People'], required: true },
		options: ['Not', 'Quite', 'Very']
	},
	{ key: 'more', type: 'text', label: 'What else?' }
];

/** A survey that is being prepared; give more to differ from the default. */
export const aSurvey = (db: Db, viewer: Viewer, spaceId: string, more: Record<string, unknown> = {}): Promise<string> =>
	makeSurvey(db, viewer, parse(newSurvey, { spaceId, title: 'How we learn', questions: surveyQuestions, ...more }));

/** The same, open. */
export async function anOpenSurvey(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Record<string, unknown> = {}
): Promise<string> {
	const id = await aSurvey(db, viewer, spaceId, more);
	await changeStatus(db, viewer, id, 'open');
	return id;
}

/** The same with a link that anybody can answer by. */
export async function aLinkedSurvey(db: Db, viewer: Viewer, spaceId: string) {
	const surveys = await anOpenSurvey(db, viewer, spaceId);
	return { surveys, surveyLink: await makeLink(db, viewer, surveys) };
}
