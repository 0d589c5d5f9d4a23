import { createHash } from 'node:crypto';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { file } from '#src/core/files/server/schema.ts';
import { newHighlight } from '#src/core/keeping/input.ts';
import { highlight } from '#src/core/keeping/server/highlights.ts';
import { keep } from '#src/core/keeping/server/keep.ts';
import { newAid } from '#src/library/aids/input.ts';
import { writeAid } from '#src/library/aids/server/write.ts';
import { newCollection } from '#src/library/collections/input.ts';
import { makeCollection } from '#src/library/collections/server/write.ts';
import { newFaq } from '#src/library/faqs/input.ts';
import { makeFaq } from '#src/library/faqs/server/write.ts';
import { newLink } from '#src/library/links/input.ts';
import { linkSnapshot } from '#src/library/links/server/schema.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { makeRequest } from '#src/library/requests/server/requests.ts';
import { newResource } from '#src/library/resources/input.ts';
import { resourceCaption } from '#src/library/resources/server/schema.ts';
import { shareResource } from '#src/library/resources/server/write.ts';
import { tellStory } from '#src/library/stories/server/stories.ts';
import { openHook } from '#src/metrics/server/sources/sources.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { listToEdit } from '#src/lists/server/drafts.ts';
import { readList } from '#src/lists/server/read.ts';
import { addEvidence } from '#src/needs/evidence/server/evidence.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aDrip } from '#src/testing/drips.ts';
import { aList } from '#src/testing/lists.ts';
import { aPromptOfEach } from '#src/testing/prompts.ts';
import { newOption } from '#src/needs/options/input.ts';
import { addOption } from '#src/needs/options/server/options.ts';
import { newStep, planEdit } from '#src/needs/plan/input.ts';
import { addStep } from '#src/needs/plan/server/steps.ts';
import { writePlan } from '#src/needs/plan/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';
import { anOption, aPlan, aWorkedNeed, inDays } from '#src/testing/needs.ts';
import { aRankingOfEach } from '#src/testing/rankings.ts';
import { aLinkedSurvey } from '#src/testing/surveys.ts';
import { aFigure } from '#src/testing/figures.ts';
import { aRolloutOfEach } from '#src/testing/rollouts.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { anActivity } from '#src/testing/activities.ts';
import { aPerson } from '#src/testing/builders.ts';
import { aPlanWithAim, aShownPractice } from '#src/testing/plans.ts';
import { anArea } from '#src/testing/areas.ts';
import { aCall } from '#src/testing/community.ts';
import { aWorkYear } from '#src/testing/work.ts';
import { examples } from '#src/testing/aids.ts';
import { aCheck } from '#src/testing/checks.ts';

type Make<Made> = (db: Db, viewer: Viewer, spaceId: string) => Promise<Made>;

/** A part that is known by one id alone. */
const alone =
	<Name extends string>(name: Name, make: Make<string>): Make<Record<Name, string>> =>
	async (db, viewer, spaceId) =>
		({ [name]: await make(db, viewer, spaceId) }) as Record<Name, string>;

/** How everything the library knows is shared, by its place in addresses: a new kind adds its line. */
export const shelf = {
	aids: alone('aids', (db, viewer, spaceId) => {
		const about = { spaceId, title: 'Open the till', content: examples.checklist, patterns: ['till.example.org'] };
		return writeAid(db, viewer, newAid.parse(about));
	}),
	collections: alone('collections', (db, viewer, spaceId) =>
		makeCollection(db, viewer, newCollection.parse({ spaceId, title: 'All about the till' }))
	),
	faqs: alone('faqs', (db, viewer, spaceId) =>
		makeFaq(db, viewer, newFaq.parse({ spaceId, title: 'Asked about the till' }))
	),
	resources: alone('resources', aDocument),
	links: alone('links', shareReadLink),
	requests: alone('requests', (db, viewer, spaceId) =>
		makeRequest(db, viewer, { spaceId, title: 'Who can show me the till?', bodyMd: '', tags: [] })
	),
	checks: aTakenCheck,
	imports: alone('imports', anImport),
	feeds: ((db, _viewer, spaceId) => aSpaceFeed(db, spaceId)) satisfies Make<object>,
	lists: aReadingList,
	drips: aSeries,
	kept: aKeptPage,
	work: ((db, viewer) => aWorkYear(db, viewer)) satisfies Make<object>,
	areas: (async (db, viewer, spaceId) => {
		const { id } = await anArea(db, [spaceId], [viewer]);
		return { areas: id, community: id };
	}) satisfies Make<object>,
	calls: alone('calls', aCall),
	activities: alone('activities', (db, viewer, spaceId) => anActivity(db, viewer, spaceId)),
	aims: (async (db, _viewer, spaceId) => {
		const tender = await aPerson(db, { spaces: [spaceId], steward: true });
		const aims = await aPlanWithAim(db, tender, spaceId);
		return { aims, tried: await aShownPractice(db, tender, spaceId) };
	}) satisfies Make<object>,
	needs: aWorkedOutNeed,
	surveys: ((db, viewer, spaceId) => aLinkedSurvey(db, viewer, spaceId)) satisfies Make<object>,
	rankings: aRankingOfEach satisfies Make<object>,
	prompts: aPromptOfEach satisfies Make<object>,
	figures: aMarkedFigure,
	rollouts: aRolloutOfEach satisfies Make<object>,
	stories: alone('stories', (db, viewer, spaceId) => tellStory(db, viewer, { ...aStory, spaceId }))
};

type Made = { [Part in keyof typeof shelf]: Awaited<ReturnType<(typeof shelf)[Part]>> };
export type Shared = { [Key in KeyOf<Made[keyof Made]>]: string };
type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** A list of the asker's own, published in the space, and what stands in it. */
async function aReadingList(db: Db, viewer: Viewer, spaceId: string) {
	const lists = await aList(db, viewer, spaceId);
	const { shelf, picks } = await listToEdit(db, viewer, lists);
	const { edition } = await readList(db, viewer, lists);
	return { lists, shelves: shelf.id, picks: picks[0]!.id, finds: picks[0]!.find.id, edition: edition.hash };
}

/** A series of the asker's own, published in the space, and its first tip. */
async function aSeries(db: Db, viewer: Viewer, spaceId: string) {
	const { id, tips } = await aDrip(db, viewer, spaceId);
	return { drips: id, tips: tips[0]! };
}

/** A problem that the asker stated and worked out. */
async function aWorkedOutNeed(db: Db, viewer: Viewer, spaceId: string) {
	const { id, pathId } = await aWorkedNeed(db, viewer, spaceId);
	const needEvidence = await addEvidence(db, viewer, id, {
		says: 'Five of forty.',
		cause: undefined,
		where: undefined
	});
	await writePlan(db, viewer, id, parse(planEdit, { ...aPlan(viewer.id), version: 0 }));
	const step = { option: 'fix', title: 'Put the printer up', ownerId: viewer.id, byOn: inDays(3) };
	const needStep = await addStep(db, viewer, id, parse(newStep, step));
	const option = await addOption(db, viewer, parse(newOption, anOption));
	return { needs: id, needPath: pathId, needEvidence, needStep, options: option };
}

/** A figure with values, a mark, and a line that was put aside. */
async function aMarkedFigure(db: Db, viewer: Viewer, spaceId: string) {
	const { id, mark, aside } = await aFigure(db, viewer, spaceId);
	const { id: sources } = await openHook(db, viewer, id);
	return { figures: id, marks: mark, aside, sources };
}

/** A page the asker keeps, with a passage marked in it. */
async function aKeptPage(db: Db, viewer: Viewer) {
	const page = { url: 'https://keeps.example/till', title: 'Tills', html: '<p>Count once. Then lock it.</p>' };
	const { id: kept } = await keep(db, viewer, page, { note: '', tags: [] });
	return { kept, highlights: await highlight(db, viewer, kept, newHighlight.parse({ exact: 'Then lock it.' })) };
}

/** A check with its bank, and a question and an objective of that. */
async function aTakenCheck(db: Db, viewer: Viewer, spaceId: string) {
	const { id, bankId, questions, objectives } = await aCheck(db, viewer, spaceId, { types: ['choice'] });
	return { checks: id, banks: bankId, bankQuestion: questions.choice!, objective: objectives.choice! };
}

/** A package on its way in. */
async function anImport(db: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const id = newId();
	await db.execute(sql`insert into import_run (id, kind, space_id, person_id, file_name)
		values (${id}, 'package', ${spaceId}, ${viewer.id}, 'till.zip')`);
	return id;
}

/** A link whose page was kept twice. */
async function shareReadLink(db: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const itemId = await shareLink(db, viewer, newLink.parse({ spaceId, url: 'https://tills.example/manual' }));
	const texts = ['Hold the green key.', 'Hold the blue key.'];
	const kept = texts.map((text, index) => ({
		itemId,
		version: index + 1,
		title: 'Tills',
		html: `<p>${text}</p>`,
		text
	}));
	await db.insert(linkSnapshot).values(kept);
	return itemId;
}

/** A document, with captions as a film has them; its bytes are nowhere, since nobody reads it here. */
async function aDocument(db: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const fileId = newId();
	const sha256 = createHash('sha256').update(fileId).digest('hex');
	const about = { name: 'till.pdf', mime: 'application/pdf', bytes: 10, uploaderId: viewer.id };
	await db.insert(file).values({ id: fileId, sha256, ...about });
	const id = await shareResource(db, viewer, newResource.parse({ spaceId, title: 'The till', fileId }));
	await db.insert(resourceCaption).values({ itemId: id, language: 'en', vtt: aCaption });
	return id;
}

export const aCaption = 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nGood morning.';

/** A story as a form sends it. */
export const aStory = {
	...{
		title: 'The till that forgot',
		situation: 'Noon.',
		tried: 'A new roll.',
		happened: 'It printed.',
		again: 'That.'
	},
	...{ result: 'worked' as const, tags: [], masks: {}, anonymous: false }
};
