import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { differenceOf, shorten } from '#src/core/items/difference.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { FaqChoice, FaqEntry, FaqView } from '../faq.ts';

interface EntryRow {
	id: string;
	question: string;
	answer_md: string;
	answer_html: string;
	source_id: string | null;
	source_title: string | null;
	changed: boolean;
	new_md: string | null;
}

/** An FAQ with its entries; its editors also see which source has changed. @throws Failure not_found */
export async function readFaq(db: Db, viewer: Viewer, id: string): Promise<FaqView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'faq');
	const about = await row<{ intro_html: string }>(db, sql`select intro_html from faq where item_id = ${id}`);
	const found = await rows<EntryRow>(
		db,
		sql`select e.id, e.question, e.answer_md, e.answer_html, i.id as source_id, i.title as source_title,
				i.id is not null and (a.id is distinct from e.source_answer_id or a.version is distinct from nullif(e.source_version, 0)) as changed,
				a.body_md as new_md
			from faq_entry e left join item i on i.id = e.source_question_id and ${visibleItems(viewer, 'i')}
			left join question q on q.item_id = i.id
			left join item a on a.id = q.accepted_answer_id and a.state <> 'removed'
			where e.faq_id = ${id} order by e.position`
	);
	return { ...item, introHtml: about!.intro_html, entries: found.map((entry) => present(entry, item.canEdit)) };
}

function present(entry: EntryRow, edits: boolean): FaqEntry {
	const text = (bodyMd: string) => ({ title: '', bodyMd, tags: [] });
	const parts = () => shorten(differenceOf(text(entry.answer_md), text(entry.new_md ?? '')).body);
	return {
		...{ id: entry.id, question: entry.question, answerHtml: entry.answer_html },
		source: entry.source_id ? { id: entry.source_id, title: entry.source_title! } : null,
		answerMd: edits ? entry.answer_md : null,
		change: edits && entry.changed ? { gone: entry.new_md === null, parts: entry.new_md === null ? [] : parts() } : null
	};
}

/** An FAQ as its editor starts from it: the opening alone. @throws Failure not_found or forbidden */
export async function faqToEdit(db: Db, viewer: Viewer, id: string) {
	const item = await itemToEdit(db, viewer, id, 'faq');
	const about = await row<{ intro_md: string }>(db, sql`select intro_md from faq where item_id = ${id}`);
	return { ...item, bodyMd: about!.intro_md };
}

/** An answered question, and the FAQs of its space the viewer may put it into. @throws Failure not_found */
export async function faqsFor(db: Db, viewer: Viewer, questionId: string) {
	const question = isId(questionId)
		? await row<{ id: string; title: string; spaceId: string }>(
				db,
				sql`select i.id, i.title, i.space_id as "spaceId" from item i join question q on q.item_id = i.id
					where i.id = ${questionId} and q.accepted_answer_id is not null and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!question) throw notFound('This question has no answer yet that solved it, or is not open to you.');
	const stewarded = [...viewer.memberships].filter(([, role]) => role === 'steward').map(([spaceId]) => spaceId);
	const faqs = await rows<FaqChoice>(
		db,
		sql`select i.id, i.title, exists (select 1 from faq_entry e where e.faq_id = i.id and e.source_question_id = ${questionId}) as holds
			from item i where i.kind = 'faq' and i.state = 'open' and i.space_id = ${question.spaceId} and ${visibleItems(viewer, 'i')}
				and (i.author_id = ${viewer.id} or i.space_id = any(${array(stewarded, 'uuid')}))
			order by i.active_at desc limit 50`
	);
	return { question, faqs };
}
