import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { tagMark } from './sources.ts';
import { parseQuery } from './query.ts';

export interface FoundPerson {
	id: string;
	name: string;
	headline: string;
	why: string;
}

/** Colleagues whose name, role or "ask me about" holds the words, the last of them perhaps unfinished. */
export async function searchPeople(db: Db, text: string, limit = 4): Promise<FoundPerson[]> {
	const { words } = parseQuery(text);
	if (words.length === 0) return [];
	// Words are letters and digits only (see words.ts), so they are safe in a query of to_tsquery.
	const all = words.map((word) => `'${word}':*`);
	const found = await rows<{ id: string; name: string; headline: string; about: string[] }>(
		db,
		sql`select p.id, p.name, p.headline, p.ask_me_about as about from person p
			where p.deactivated_at is null and search_person(p.name, p.headline, p.ask_me_about) @@ to_tsquery('simple', ${all.join(' | ')})
			order by ts_rank(search_person(p.name, p.headline, p.ask_me_about), to_tsquery('simple', ${all.join(' | ')})) desc, p.name limit ${limit}`
	);
	return found.map(({ id, name, headline, about }) => {
		const topic = about.find((each) => words.some((word) => each.toLowerCase().includes(word)));
		return { id, name, headline, why: topic ? `ask about ${topic}` : headline || 'name matches' };
	});
}

/** Tags that begin with the last word and stand on something the viewer may read. */
export async function searchTags(db: Db, viewer: Viewer, text: string, limit = 4): Promise<string[]> {
	const last = /#?([\p{L}\p{N}][\p{L}\p{N}.+#-]*)$/u.exec(text.trim().slice(-40))?.[1];
	if (!last || last.length < 2) return [];
	const mark = tagMark(last);
	const found = await rows<{ word: string }>(
		db,
		sql`with readable as materialized (select id from search_space where space_id = any(${array(viewer.readableSpaces, 'uuid')}) limit 300)
			select t.word from (
				select word, term, df from search_word where word >= ${mark} collate "C" and word < ${mark + '\u{10ffff}'} collate "C"
				order by df desc limit 20
			) t
			where exists (select from readable r cross join lateral
				(select from search_posting p where p.term = t.term and p.space = r.id and p.kind > 0 limit 1) x)
			order by t.df desc limit ${limit}`
	);
	return found.map(({ word }) => word.slice(1));
}
