import type { Db } from '#src/platform/server/db.ts';
import { letter, type Block } from '#src/platform/server/letter.ts';
import { mailOrigin, type MailMessage } from '#src/platform/server/mail.ts';
import { kindOf } from '../kinds.ts';
import type { NoticeView } from '../notice.ts';
import type { Fresh } from './fresh.ts';
import { signLink, type MailLink } from './links.ts';
import type { Settings } from './on-its-way.ts';
import { presentNotice, type ExcerptOf, type NoticeRow } from './read.ts';

type Mail = Omit<MailMessage, 'to' | 'messageId' | 'purpose'>;
type Key = Pick<Settings, 'mail_key'>;

/** What mails say of an item where that is more than a sentence: read once, however many get it. */
export async function lettersOf(db: Db, found: NoticeRow[]): Promise<Letters> {
	const letters: Letters = new Map();
	for (const line of found) {
		const write = kindOf(line.kind)?.letter;
		const key = letterOf(line);
		if (write && line.item_id && !letters.has(key)) letters.set(key, await write(db, line.item_id, line.at));
	}
	return letters;
}

const letterOf = ({ kind, item_id, at }: NoticeRow) => `${kind} ${item_id} ${at}`;

type Letters = Map<string, Block[]>;

interface Beside {
	/** The secret in the address that takes an answer. */
	replyTo?: string;
	/** As `lettersOf` brings them. */
	letters?: Letters;
	excerptOf?: ExcerptOf;
}

/** One mail about one page or space. */
export function topicMail(
	personId: string,
	found: NoticeRow[],
	{ mail_key }: Key,
	{ replyTo, letters, excerptOf }: Beside = {}
): Mail {
	const link = linker(personId, mail_key);
	const [first] = found as [NoticeRow];
	const notices = found.map((one) => presentNotice(one, excerptOf));
	const kinds = [...new Set(found.map(({ kind }) => kind))];
	const blocks = notices.flatMap(
		({ sentence, excerpt }, at): Block[] =>
			letters?.get(letterOf(found[at]!)) ?? [{ text: sentence }, ...(excerpt ? [{ quote: excerpt }] : [])]
	);
	const mute = first.page_id ? [{ label: 'Mute this', href: link('mute', first.page_id) }] : [];
	return {
		subject: first.title || notices[0]!.sentence,
		...letter({
			...{ heading: first.title || first.space, from: first.space, preview: notices[0]!.sentence },
			blocks: [
				...blocks,
				{ button: kindOf(first.kind)?.button ?? 'Read and reply', href: mailOrigin() + notices[0]!.href }
			],
			footer: [
				...(replyTo ? [{ text: 'You can answer by replying to this mail. Others in the space see it.' }] : []),
				{ links: [...mute, ...kinds.flatMap((kind) => quieter(link, kind, kinds.length > 1))] },
				{ links: [{ label: 'How you are told', href: `${mailOrigin()}/settings/notifications` }] }
			]
		}),
		references: [`topic.${first.topic}`],
		...(replyTo && { replyTo: `reply+${replyTo}` }),
		headers: headers(link('stop', kinds.join(',')))
	};
}

function quieter(link: ReturnType<typeof linker>, kind: string, isNamed: boolean) {
	const of = isNamed ? `: ${kindOf(kind)?.label}` : '';
	return [
		{ label: `Less often${of}`, href: link('less', kind) },
		{ label: `Off${of}`, href: link('off', kind) }
	];
}

/** What a digest holds, in this order. */
const SECTIONS = ['For you to answer', 'Replies to you', 'What helped', 'New in your spaces', 'For stewards'];

/** One mail a day about everything that can wait. */
export function digestMail(
	personId: string,
	found: NoticeRow[],
	fresh: Fresh[],
	{ mail_key }: Key,
	excerptOf?: ExcerptOf
): Mail {
	const link = linker(personId, mail_key);
	const told = found.map((line) => ({ line, notice: presentNotice(line, excerptOf) }));
	const sections = SECTIONS.flatMap((name): Block[] => {
		const lines = told.filter(({ line }) => kindOf(line.kind)?.group === name).map(noticeLine(link));
		const more = name === 'New in your spaces' ? fresh.map(freshLine) : [];
		return lines.length + more.length > 0 ? [{ heading: name }, ...lines.flat(), ...more] : [];
	});
	const count = found.length;
	return {
		subject: count === 1 ? told[0]!.notice.sentence : `${count} things for you`,
		...letter({
			heading: 'What waits for you today',
			preview: told
				.slice(0, 3)
				.map(({ notice }) => notice.sentence)
				.join(' · '),
			blocks: sections,
			footer: [
				{ text: 'Once a working day, when there is something.' },
				{
					links: [
						{ label: 'No more digests', href: link('stop', 'digest') },
						{ label: 'How you are told', href: `${mailOrigin()}/settings/notifications` }
					]
				}
			]
		}),
		headers: headers(link('stop', 'digest'))
	};
}

/** A line, with what makes it quieter beneath. */
const noticeLine =
	(link: ReturnType<typeof linker>) =>
	({ line, notice }: { line: NoticeRow; notice: NoticeView }): Block[] => {
		const { sentence, excerpt, href } = notice;
		const mute = line.page_id ? [{ label: 'Mute this', href: link('mute', line.page_id) }] : [];
		return [
			{ link: sentence, href: mailOrigin() + href, note: excerpt },
			{ links: [...mute, ...quieter(link, line.kind, false)], quiet: true }
		];
	};

const freshLine = ({ title, href, why }: Fresh): Block => ({ link: title, href: mailOrigin() + href, note: why });

/** Makes links that work signed out; each asks first, and acts on the second click. */
export const linker = (personId: string, key: string) => (action: MailLink['action'], target: string) =>
	`${mailOrigin()}/mail/${signLink(key, { personId, action, target })}`;

/** RFC 8058: mail programs post to the address at once; one that opens it is asked to confirm. */
export const headers = (stop: string) => ({
	'List-Unsubscribe': `<${stop}/now>`,
	'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
	Precedence: 'bulk',
	'X-Auto-Response-Suppress': 'All'
});
