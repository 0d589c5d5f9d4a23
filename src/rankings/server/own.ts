import type { OwnList } from '#src/core/export/server/own.ts';
import { rows, sql } from '#src/platform/server/db.ts';

/** What a person named, and in which rankings they voted, for their archive. What they chose is not known. */
export const ownRankings: OwnList[] = [
	{
		...{ name: 'nominations', about: 'tools you named in rankings, with why and where they serve you' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select n.ranking_id, i.title, t.name, n.why, n.context, n.created_at from nomination n
					join item i on i.id = n.ranking_id join ranked_tool t on t.id = n.tool_id
					where n.person_id = ${viewer.id} order by n.created_at, n.id`
			);
		}
	},
	{
		...{ name: 'guide-access', about: 'times in which you could read a Guide' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select series_id, from_on::text, until_on::text, ended_at from guide_access where person_id = ${viewer.id} order by from_on, id`
			);
		}
	},
	{
		...{ name: 'votes', about: 'rankings you voted in; whose a ballot is, is kept nowhere' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select v.ranking_id, i.title from ranking_voter v join item i on i.id = v.ranking_id
					where v.person_id = ${viewer.id} order by v.ranking_id`
			);
		}
	}
];
