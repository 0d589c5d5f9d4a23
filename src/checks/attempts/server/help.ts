import { emit, type EventOf } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { pieceOf, type ContentPart } from '../../part.ts';
import '../../server/events.ts';

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
		...(part && { part: [part.itemId, pieceOf(part.anchor)].filter(Boolean).join('#') })
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

/** Ties a question that was asked to the check, question and part that the link in its text names, and tells of it once. */
export async function tieHelp(
	db: Db,
	{ itemId: askedId, kind, actorId }: Pick<EventOf<'item.created'>, 'itemId' | 'kind' | 'actorId'>
): Promise<void> {
	if (kind !== 'question') return;
	const asked = await row<{ body_md: string }>(db, sql`select body_md from item where id = ${askedId}`);
	for (const [, checkId = '', query] of (asked?.body_md ?? '').matchAll(LINK))
		await db.transaction(async (tx) => {
			const isNew = await tie(tx, askedId, checkId, new URLSearchParams(query ?? ''));
			if (isNew) await emit(tx, 'check.help_wanted', { itemId: checkId, askedId, actorId });
		});
}

async function tie(tx: Db, askedId: string, checkId: string, link: URLSearchParams): Promise<boolean> {
	const [, content = '', piece = ''] = /^([^#]*)#?(.*)$/s.exec(link.get('part') ?? '') ?? [];
	const made = await row(
		tx,
		sql`insert into check_help (asked_id, check_id, question_id, content_id, fragment)
			select ${askedId}, c.item_id, (select q.id from bank_question q where q.id::text = ${link.get('question') ?? ''} and q.bank_id = c.bank_id),
				(select i.id from item i where i.id::text = ${content}), ${piece.slice(0, 200)}
			from check_item c where c.item_id = ${checkId} on conflict do nothing returning 1`
	);
	return made !== undefined;
}
