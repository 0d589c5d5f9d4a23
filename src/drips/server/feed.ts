import type { FeedSource } from '#src/core/feed-out/server/sources.ts';
import { htmlForOthers } from '#src/core/feed-out/server/html.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { kindNames, type TipKind } from '../drip.ts';
import { isOut } from './read.ts';

/** The feed of all tips that come to somebody: each person has one. */
export const TIPS_FEED = { kind: 'tips', target: 'mine' };

const MOST = 50;

/**
 * What has come to the viewer by the rhythm of their series, and was neither opened on its page nor known: what was
 * seen in one way is gone from the others.
 */
export const tipsFeed: FeedSource = {
	...{ kind: TIPS_FEED.kind, label: 'Tips' },
	async about(_db, _viewer, target) {
		if (target !== TIPS_FEED.target) throw notFound('There is one feed of your tips, and it is called “mine”.');
		return { title: 'Your tips', page: '/drips', target };
	},
	async entries(db, viewer, _target, origin) {
		const found = await rows<{
			id: string;
			drip_id: string;
			series: string;
			kind: TipKind;
			title: string;
			html: string;
			author: string;
			at: string;
			changed_at: string;
			wrong: string | null;
		}>(
			db,
			sql`select t.id, t.drip_id, i.title as series, t.kind, t.title, t.html, w.name as author, r.at,
					greatest(r.at, (select max(v.created_at) from drip_tip_version v where v.tip_id = t.id)) as changed_at,
					(select c.note from drip_correction c where c.tip_id = t.id and c.created_at > r.at order by c.version desc limit 1) as wrong
				from drip_receipt r join drip_tip t on t.id = r.tip_id and ${isOut}
				join item i on i.id = t.drip_id join person w on w.id = t.written_by
				join drip_follow f on f.drip_id = t.drip_id and f.person_id = r.person_id and f.by_feed
				where r.person_id = ${viewer.id} and r.via <> 'page' and r.done_at is null
					and i.state = 'open' and ${visibleItems(viewer, 'i')}
				order by r.at desc, t.id limit ${MOST}`
		);
		return found.map((tip) => {
			const url = `${origin}/drips/${tip.drip_id}/tips/${tip.id}`;
			return {
				...{ id: url, url, author: tip.author, title: `${tip.series}: ${tip.title}` },
				html: `<p>${kindNames[tip.kind]}</p>${wrongOf(tip.wrong)}${htmlForOthers(tip.html, url)}`,
				...{ published: iso(tip.at), updated: iso(tip.changed_at) }
			};
		});
	}
};

/** Whoever read it as it was is told here as well. */
const wrongOf = (note: string | null) =>
	note ? `<p><strong>Put right:</strong> ${note.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</p>` : '';
