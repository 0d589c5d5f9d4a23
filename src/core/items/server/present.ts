import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Author } from '../author.ts';

/** What a query must bring of an author. */
export interface AuthorColumns {
	author_id: string;
	author_name: string;
	author_image: string | null;
	anonymous: boolean;
}

/**
 * The one place that decides whether an author's name leaves the server: the author of
 * an anonymous item is known to nobody but themselves, stewards and admins included.
 */
export function presentAuthor(viewer: Viewer, row: AuthorColumns): Author {
	const you = row.author_id === viewer.id;
	if (row.anonymous && !you) return { id: null, name: 'Anonymous', image: null, anonymous: true, you: false };
	return { id: row.author_id, name: row.author_name, image: row.author_image, anonymous: row.anonymous, you };
}

/** A time as PostgreSQL writes it, as ISO 8601. */
export const iso = (time: string | Date): string => new Date(time).toISOString();
