import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newSurvey } from '#src/survey/input.ts';
import { surveyOf } from '#src/survey/server/record.ts';
import { releaseIfDue } from '#src/survey/server/release.ts';
import { changeStatus, makeSurvey } from '#src/survey/server/write.ts';

export const ABOUT = 7;
export const ASKED = 33;
const RELEASE = 5000;

const questions = Array.from({ length: ASKED + ABOUT }, (_, at) => ({
	...{ key: `q${at}`, type: 'scale', label: `Question ${at}`, options: ['No', 'Rather no', 'Rather yes', 'Yes'] },
	...{ required: true, about: at >= ASKED }
}));

/** A closed survey of 40 questions with so many answers in its results. */
export async function aLargeSurvey(db: Db, viewer: Viewer, spaceId: string, many: number): Promise<string> {
	const id = await makeSurvey(db, viewer, parse(newSurvey, { spaceId, title: 'Bench', questions, releaseEvery: 1000 }));
	await changeStatus(db, viewer, id, 'open');
	await answer(db, viewer, id, many);
	await changeStatus(db, viewer, id, 'closed');
	return id;
}

/** Answers as they wait, and their releases: keeping each by itself is another measure. */
async function answer(db: Db, viewer: Viewer, id: string, many: number): Promise<void> {
	const keys = questions.map(({ key }) => `'${key}', floor(random() * 4)::int`).join(', ');
	for (let left = many; left > 0; left -= RELEASE) {
		const some = Math.min(left, RELEASE);
		await db.execute(`insert into survey_answer (id, survey_id, version, answers)
			select gen_random_uuid(), '${id}', 1, jsonb_build_object(${keys}) from generate_series(1, ${some})`);
		await db.transaction(async (tx) => releaseIfDue(tx, await surveyOf(tx, viewer, id)));
	}
}
