import { peopleForQuestion } from '#src/ask/server/experts.ts';
import { WITH_PEOPLE, type Suggested } from '#src/community/insights/insight.ts';
import { readInsights, type Insights } from '#src/community/insights/server/read.ts';
import { canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What there is to do in a space, with the people who could be asked for the questions that wait longest. */
export async function insightsToAct(
	db: Db,
	viewer: Viewer,
	spaceId: string
): Promise<Insights & { people: Record<string, Suggested[]> }> {
	const insights = await readInsights(db, viewer, spaceId);
	const { questions } = insights.unanswered;
	// Only members ask others by name.
	const asking = canWriteIn(viewer, { spaceId }) ? questions.slice(0, WITH_PEOPLE) : [];
	const found = await Promise.all(
		asking.map(async ({ id }): Promise<[string, Suggested[]]> => [id, await peopleForQuestion(db, viewer, id)])
	);
	return { ...insights, people: Object.fromEntries(found) };
}
