import { row, sql, type Db } from '#src/platform/server/db.ts';
import { fragmentOf, type ContentPart } from '../../part.ts';

/** What somebody does not understand of a check. */
interface Asking {
	checkId: string;
	title: string;
	spaceId: string;
	questionId?: string;
	part?: ContentPart | undefined;
	/** The case, and what they answered. */
	prompt?: string;
	answer?: string;
	/** Who has said that they help with it. */
	expert?: string | null;
}

/** The form to ask about a check, filled in with the case and one's own answer, and with the link that ties it to them. */
export function askAddress({ checkId, title, spaceId, questionId, part, prompt, answer, expert }: Asking): string {
	const name = title.replace(/[[\]\\]/g, '');
	const link = new URLSearchParams({
		...(questionId && { question: questionId }),
		...(part && { part: part.itemId + fragmentOf(part.anchor) })
	});
	const quote = prompt
		? `> ${cut(prompt.replace(/\s+/g, ' '), 600)}\n\nI answered: ${cut((answer ?? '').replace(/\s+/g, ' '), 400)}\n\n`
		: '';
	const whom = expert ? `For ${expert}, or whoever knows.\n\n` : '';
	const query = new URLSearchParams({
		space: spaceId,
		title: cut(prompt ? `Why is that? ${prompt.replace(/\s+/g, ' ')}` : `About “${title}”: `, 150),
		body: `${quote}[“${name}”](/checks/${checkId}/support${link.size > 0 ? `?${link}` : ''})\n\n${whom}`,
		about: questionId ?? checkId
	});
	return `/questions/new?${query}`;
}

const cut = (text: string, most: number) =>
	[...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LINK = new RegExp(`/checks/(${uuid})/support(?:\\?([^)\\s]{1,600}))?`, 'g');

/** Ties a question that was asked to the check, question and part that the link in its text names. */
export async function tieHelp(db: Db, { itemId, kind }: { itemId: string; kind: string }): Promise<void> {
	if (kind !== 'question') return;
	const asked = await row<{ body_md: string }>(db, sql`select body_md from item where id = ${itemId}`);
	for (const [, checkId, query] of (asked?.body_md ?? '').matchAll(LINK)) {
		const link = new URLSearchParams(query ?? '');
		const [content = '', fragment = ''] = (link.get('part') ?? '').split('#');
		await db.execute(sql`insert into check_help (asked_id, check_id, question_id, content_id, fragment)
			select ${itemId}, c.item_id, (select q.id from bank_question q where q.id::text = ${link.get('question') ?? ''} and q.bank_id = c.bank_id),
				(select i.id from item i where i.id::text = ${content}), ${fragment.slice(0, 200)}
			from check_item c where c.item_id = ${checkId} on conflict do nothing`);
	}
}
