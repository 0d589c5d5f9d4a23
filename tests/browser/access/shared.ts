import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newAid } from '#src/library/aids/input.ts';
import { writeAid } from '#src/library/aids/server/write.ts';
import { newLink } from '#src/library/links/input.ts';
import { linkSnapshot } from '#src/library/links/server/schema.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { makeRequest } from '#src/library/requests/server/requests.ts';
import { tellStory } from '#src/library/stories/server/stories.ts';
import type { Db } from '#src/platform/server/db.ts';
import { examples } from '#src/testing/aids.ts';
import { aResource } from '#src/testing/documents.ts';

/** Shares one of everything the library knows, by its place in addresses: a new kind adds its line. */
export const share = async (db: Db, viewer: Viewer, spaceId: string) => ({
	aids: await writeAid(
		db,
		viewer,
		newAid.parse({ spaceId, title: 'Open the till', content: examples.checklist, patterns: ['till.example.org'] })
	),
	resources: await aResource(db, viewer, spaceId),
	links: await shareReadLink(db, viewer, spaceId),
	requests: await makeRequest(db, viewer, { spaceId, title: 'Who can show me the till?', bodyMd: '', tags: [] }),
	stories: await tellStory(db, viewer, { ...aStory, spaceId })
});

export type Shared = Awaited<ReturnType<typeof share>>;

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

/** A story as a form sends it. */
export const aStory = {
	...{
		title: 'The till that forgot',
		situation: 'Noon.',
		tried: 'A new roll.',
		happened: 'It printed.',
		again: 'That.'
	},
	...{ outcome: 'worked' as const, tags: [], masks: {}, anonymous: false }
};
