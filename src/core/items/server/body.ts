import type { Viewer } from '#src/core/access/server/viewer.ts';
import { filesIn } from '#src/core/files/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { renderMarkdown } from './render.ts';

export interface Body {
	bodyHtml: string;
	/** The files it shows that its writer may read. */
	fileIds: string[];
}

/** Renders a text as its writer may write it. */
export async function renderBody(db: Db, viewer: Viewer, bodyMd: string): Promise<Body> {
	const files = await filesIn(db, viewer, bodyMd);
	return { bodyHtml: renderMarkdown(bodyMd), fileIds: [...files.keys()] };
}
