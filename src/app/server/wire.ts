import { wireApi } from '#src/core/api/server/wire.ts';
import { wireFiles } from '#src/core/files/server/wire.ts';
import { wireFeedsOut } from '#src/core/feed-out/server/wire.ts';
import { wireItems } from '#src/core/items/server/wire.ts';
import { wireMailIn } from '#src/core/mail-in/server/wire.ts';
import { wireKeeping } from '#src/core/keeping/server/wire.ts';
import { wireNotify } from '#src/core/notify/server/wire.ts';
import { exportsOwn } from '#src/core/export/server/own.ts';
import { ownLeave } from '#src/core/people/server/leave.ts';
import { wireLinks } from '#src/core/people/server/links.ts';
import { wireAskNotices } from '#src/ask/server/notices.ts';
import { wireAsk } from '#src/ask/server/wire.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { wireSearch } from '#src/core/search/server/wire.ts';
import { wireWeb } from '#src/core/web/server/wire.ts';
import { wireCalls } from '#src/community/calls/server/wire.ts';
import { wireInsights } from '#src/community/insights/server/wire.ts';
import { wireAutonomy } from '#src/autonomy/server/wire.ts';
import { wireActivities } from '#src/community/activities/server/wire.ts';
import { wireAims } from '#src/community/aims/server/wire.ts';
import { wirePractice } from '#src/community/practice/server/wire.ts';
import { wireAreas } from '#src/community/areas/server/wire.ts';
import { wireChecks } from '#src/checks/server/wire.ts';
import { wireImport } from '#src/import/runs/server/carry-out.ts';
import { wireDrips } from '#src/drips/server/wire.ts';
import { wireFeeds } from '#src/feeds/server/wire.ts';
import { wireLists } from '#src/lists/server/wire.ts';
import { wireNeeds } from '#src/needs/server/wire.ts';
import { wirePrompts } from '#src/prompts/server/wire.ts';
import { wireRankings } from '#src/rankings/server/wire.ts';
import { wireMetrics } from '#src/metrics/server/wire.ts';
import { wireSurveys } from '#src/survey/server/wire.ts';
import { wireLibrary } from '#src/library/server/wire.ts';
import { wireWork } from '#src/work/server/wire.ts';
import { registerFigures } from '#src/core/figures/server/figures.ts';
import { keptFigures } from './figures.ts';
import { registerKinds } from './kinds.ts';
import { takers } from './mail-in.ts';
import { shelf } from './shelf.ts';
import { dispatch, EVENT_QUEUE, subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';

let wired = false;

/**
 * Joins the rooms: each one's jobs and its reactions to the events of others. Once a process.
 * @param db what jobs and reactions work on
 */
export function wire(db: Db): void {
	if (wired) return;
	wired = true;
	defineJob(EVENT_QUEUE, dispatch);
	wireLinks(db);
	exportsOwn(ownLeave);
	wireApi(db);
	wireFiles(db);
	wireItems(db);
	wireKeeping(db);
	wireNotify(db);
	registerKinds();
	wireFeedsOut();
	wireSearch(db);
	wireWeb(db);
	// The answer accepted before stands lower again: both are beneath the question.
	const settled = ({ questionId }: { questionId: string }) => indexItems(db, [questionId]);
	subscribe('question.accepted', settled);
	subscribe('question.acceptance_taken_back', settled);
	wireAsk(db);
	wireAskNotices(db);
	wireLibrary(db);
	wireImport(db, shelf);
	wireFeeds(db);
	wireLists(db);
	wireDrips(db);
	wireSurveys(db);
	wireMetrics(db);
	wireNeeds(db);
	registerFigures(keptFigures);
	wireRankings(db);
	wireWork(db);
	wireAreas(db);
	wireAutonomy(db);
	wireActivities(db);
	wireAims();
	wirePractice(db);
	wirePrompts(db);
	wireInsights(db);
	wireCalls(db);
	wireChecks(db);
	wireMailIn(db, takers);
}
