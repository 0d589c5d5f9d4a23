import { headers, linker } from '#src/core/notify/server/letters.ts';
import { paragraphsOf } from '#src/core/web/server/page.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { letter, type Block } from '#src/platform/server/letter.ts';
import { mailOrigin, type MailMessage } from '#src/platform/server/mail.ts';
import { kindNames, type TipKind } from '../drip.ts';
import { faster, rhythmInWords, slower, type Rhythm } from '../rhythm.ts';

/** A tip as it goes out. */
export interface TipOut {
	id: string;
	drip_id: string;
	series: string;
	kind: TipKind;
	title: string;
	html: string;
	version: number;
	/** Its place, counted from 1, and how many there are. */
	place: number;
	of: number;
}

export type Ways = Record<
	'known' | 'slower' | 'faster' | 'pause' | 'stop',
	{ label: string; href: string } | undefined
>;

/** What can be done from within a message, signed out: each link asks first and acts on one press. */
export function waysOf(personId: string, key: string, tip: Pick<TipOut, 'id' | 'drip_id'>, rhythm: Rhythm): Ways {
	const link = linker(personId, key);
	const pace = (next: Rhythm | null, name: string) =>
		next
			? { label: `${name}: ${rhythmInWords(next)}`, href: link('tips.pace', `${tip.drip_id} ${next.every}`) }
			: undefined;
	return {
		known: { label: 'I know this', href: link('tips.known', `${tip.drip_id} ${tip.id}`) },
		slower: pace(slower(rhythm), 'Slower'),
		faster: pace(faster(rhythm), 'Faster'),
		pause: { label: 'Pause for two weeks', href: link('tips.pause', tip.drip_id) },
		stop: { label: 'I know all of this: stop', href: link('tips.stop', tip.drip_id) }
	};
}

export const tipAddress = (tip: Pick<TipOut, 'id' | 'drip_id'>) =>
	`${mailOrigin()}/drips/${tip.drip_id}/tips/${tip.id}`;

/** The words of a tip, paragraph by paragraph. */
export const tipBlocks = (html: string): Block[] =>
	paragraphsOf(html)
		.split('\n')
		.filter(Boolean)
		.map((text) => ({ text }));

/** A tip as a mail. */
export function tipMail(tip: TipOut, ways: Ways): Omit<MailMessage, 'to' | 'messageId' | 'purpose'> {
	const { known, slower, faster, pause, stop } = ways;
	const row = (...links: (typeof known)[]) => ({ links: links.filter((one) => one !== undefined) });
	return {
		subject: `${tip.series}: ${tip.title}`,
		...letter({
			...{ heading: tip.title, from: tip.series, preview: `${kindNames[tip.kind]} ${tip.place} of ${tip.of}` },
			blocks: [...tipBlocks(tip.html), { button: 'Open it in Trellis', href: tipAddress(tip) }, row(known)],
			footer: [
				{ text: `${kindNames[tip.kind]} ${tip.place} of ${tip.of}. You follow this series.` },
				row(slower, faster, pause, stop)
			]
		}),
		references: [`drip.${tip.drip_id}`],
		headers: headers(stop!.href)
	};
}

/** Tips as they go out, by their ids. */
export async function tipsOut(db: Db, ids: string[]): Promise<Map<string, TipOut>> {
	const found = await rows<TipOut>(
		db,
		sql`select t.id, t.drip_id, i.title as series, t.kind, t.title, t.html, t.version, o.place::int, o.of::int
			from drip_tip t join item i on i.id = t.drip_id cross join lateral (
				select count(*) filter (where (x.position, x.id) <= (t.position, t.id)) as place, count(*) as of from drip_tip x
				where x.drip_id = t.drip_id and x.published_at is not null and x.withdrawn_at is null) o
			where t.id = any(${array(ids, 'uuid')})`
	);
	return new Map(found.map((tip) => [tip.id, tip]));
}
