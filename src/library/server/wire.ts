import type { Db } from '#src/platform/server/db.ts';
import { wireAids } from '../aids/server/wire.ts';
import { wireCollections } from '../collections/server/wire.ts';
import { wireDocuments } from '../documents/server/wire.ts';
import { wireFaqs } from '../faqs/server/wire.ts';
import { wireWebLinks } from '../links/server/wire.ts';
import { wireRequests } from '../requests/server/wire.ts';

/** The reactions and jobs of the library's rooms. */
export function wireLibrary(db: Db): void {
	wireAids(db);
	wireCollections(db);
	wireDocuments(db);
	wireFaqs(db);
	wireWebLinks(db);
	wireRequests(db);
}
