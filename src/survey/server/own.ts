import type { OwnList } from '#src/core/export/server/own.ts';
import { rows, sql } from '#src/platform/server/db.ts';

/** What a person answered, for their archive: of anonymous surveys only that they did. */
export const ownSurveys: OwnList[] = [
	{
		...{ name: 'surveys', about: 'surveys you answered; what you answered, where it was asked by name' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select p.survey_id, i.title, v.anonymous, a.answers from survey_participant p
					join survey v on v.item_id = p.survey_id join item i on i.id = p.survey_id
					left join survey_answer a on a.survey_id = p.survey_id and a.person_id = p.person_id
					where p.person_id = ${viewer.id} order by p.survey_id`
			);
		}
	}
];
