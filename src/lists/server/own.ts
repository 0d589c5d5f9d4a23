import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';

/** What a person collected, wrote and answered, for their archive; published lists are in it as items, too. */
export const ownReading: OwnList[] = [
	ownFile(
		'finds',
		'links you collected for reading lists',
		(me) => sql`select f.url, f.title, f.author, f.site, f.published_on::text, f.found_on::text, f.note, s.slug as space
			from reading_find f join reading_shelf sh on sh.id = f.shelf_id left join space s on s.id = sh.space_id
			where f.found_by = ${me} order by f.found_on, f.id`
	),
	ownFile(
		'reading-lists',
		'reading lists you began, with what you wrote to each entry',
		(me) => sql`select l.id, to_char(l.month, 'YYYY-MM') as month, l.title, l.opening, l.closing, l.published_at,
				(select json_agg(json_build_object('url', f.url, 'title', f.title, 'before', k.before, 'why', k.why, 'quote', k.quote,
					'lesson', k.lesson) order by k.position) from reading_pick k join reading_find f on f.id = k.find_id
					where k.list_id = l.id) as entries
			from reading_list l where l.begun_by = ${me} order by l.month`
	),
	ownFile(
		'reading-lists-read',
		'reading lists you read, and whether they changed how you work',
		(me) =>
			sql`select list_id, read_at, changed, answered_at from reading_reader where person_id = ${me} order by read_at`
	)
];
