import { and, inArray, isNull } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { filesIn } from '#src/core/files/server/read.ts';
import { person } from '#src/core/people/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { previewsOf } from './previews.ts';
import { linksAloneIn, mentionsIn, renderMarkdown } from './render.ts';

export interface Body {
	bodyHtml: string;
	/** The files it shows that its writer may read. */
	fileIds: string[];
}

/** Renders a text as its writer may write it. */
export async function renderBody(db: Db, viewer: Viewer, bodyMd: string): Promise<Body> {
	const files = await filesIn(db, viewer, bodyMd);
	const people = await namesOf(db, mentionsIn(bodyMd));
	const previews = await previewsOf(db, linksAloneIn(bodyMd));
	return { bodyHtml: renderMarkdown(bodyMd, { people, files, previews }), fileIds: [...files.keys()] };
}

async function namesOf(db: Db, ids: string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const found = await db
		.select({ id: person.id, name: person.name })
		.from(person)
		.where(and(inArray(person.id, ids), isNull(person.deactivatedAt)));
	return new Map(found.map(({ id, name }) => [id, name]));
}
