import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What a person wrote of series, follows and has got, for their archive. */
export const ownTips: OwnList[] = [
	ownFile(
		'tips-written',
		'series of tips you write, with their tips',
		(me) => sql`select d.id, d.title, d.about, d.published_at,
				(select json_agg(json_build_object('kind', t.kind, 'title', t.title, 'body', t.body, 'published', t.published_at)
					order by t.position) from drip_tip t where t.drip_id = d.id and t.written_by = ${me}) as tips
			from drip d join drip_author a on a.drip_id = d.id and a.person_id = ${me} order by d.id`
	),
	ownFile(
		'tips-following',
		'series of tips you follow, and in which rhythm they come',
		(me) => sql`select f.drip_id, d.title, f.days, f.every, f.minute, f.by_mail, f.by_feed, f.by_chat, f.paused_until,
				f.next_at, f.created_at
			from drip_follow f join drip d on d.id = f.drip_id where f.person_id = ${me} order by f.created_at`
	),
	ownFile(
		'tips-got',
		'tips you have got: when, how, in which version, and which of them you know',
		(me) => sql`select t.drip_id, t.id as tip_id, t.title, r.version, r.via, r.at, r.done_at, r.known
			from drip_receipt r join drip_tip t on t.id = r.tip_id where r.person_id = ${me} order by r.at, t.id`
	)
];
