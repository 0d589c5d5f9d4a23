import { sql, type Db } from '#src/platform/server/db.ts';

/** How the items of a large space are made up, of a hundred. */
const SHARES = { question: 20, page: 5, answer: 50, comment: 25 };
type Kind = keyof typeof SHARES;

export interface Large {
	people: number;
	items: number;
}

/**
 * Fills a space with people who joined and wrote over the last 400 days: answers that helped or were accepted, and as
 * many readings of pages in the last 90 days as there are items.
 */
export async function aLargeSpace(db: Db, spaceId: string, { people, items }: Large): Promise<void> {
	const many = (kind: Kind) => Math.floor((items * SHARES[kind]) / 100);
	await db.transaction(async (tx) => {
		const run = (statement: string) => tx.execute(sql.raw(statement));
		await run(
			`create temp table crowd on commit drop as select uuidv7() as id, n from generate_series(1, ${people}) n`
		);
		await run(`create unique index on crowd (n)`);
		await run(
			`insert into person (id, name, email) select id, 'Colleague ' || n, 'crowd' || n || '@example.org' from crowd`
		);
		await run(`insert into space_member (space_id, person_id, joined_at)
			select '${spaceId}', id, now() - random() * interval '400 days' from crowd`);
		await run(topLevel(spaceId, 'question', many('question'), people));
		await run(topLevel(spaceId, 'page', many('page'), people));
		await run(`insert into question (item_id) select id from item where space_id = '${spaceId}' and kind = 'question'`);
		await run(`create temp table asked on commit drop as select id, created_at, (row_number() over (order by id))::int as n
			from item where space_id = '${spaceId}' and kind = 'question'`);
		await run(`create unique index on asked (n)`);
		await run(beneath(spaceId, 'answer', many('answer'), many('question'), people));
		await run(beneath(spaceId, 'comment', many('comment'), many('question'), people));
		await run(useful(spaceId, people));
		await run(`update item i set helped_count = h.n from (select item_id, count(*) as n from helped group by 1) h
			where h.item_id = i.id`);
		await run(`update question q set status = 'answered', accepted_answer_id = a.id, useful_at = a.created_at from (
				select distinct on (parent_id) parent_id, id, created_at from item where kind = 'answer' and space_id = '${spaceId}'
			) a where a.parent_id = q.item_id and hashtext(q.item_id::text) % 5 <> 0`);
		await run(readings(spaceId, items, many('page'), people));
	});
	await db.execute(sql`analyze`);
}

const columns = `id, kind, space_id, author_id, parent_id, title, body_md, body_html, tags, created_at, updated_at, active_at`;
const body = `repeat('How it is done here. ', 12), repeat('<p>How it is done here.</p>', 12)`;

/** One of two thousand words of six letters. @param by a column between 0 and 1 */
const word = (by: string) => `translate(left(md5(floor(${by} * 2000)::text), 6), '0123456789', 'ghijklmnop')`;

/** Few tags are much used and many seldom: two hundred of them. */
const topLevel = (spaceId: string, kind: Kind, many: number, people: number) => `insert into item (${columns})
	select uuidv7(), '${kind}', '${spaceId}', c.id, null,
		${['luck', 'chance', 'fate', 'hap'].map(word).join(" || ' ' || ")},
		${body}, array['tag' || floor(200 * power(luck, 2))], at, at, at
	from (select g, 1 + floor(random() * ${people})::int as who, random() as luck, random() as chance, random() as fate, random() as hap,
			now() - random() * interval '400 days' as at
		from generate_series(1, ${many}) g) made join crowd c on c.n = who`;

const beneath = (
	spaceId: string,
	kind: Kind,
	many: number,
	questions: number,
	people: number
) => `insert into item (${columns})
	select uuidv7(), '${kind}', '${spaceId}', c.id, q.id, '', ${body}, '{}', later, later, later
	from (select g, 1 + floor(random() * ${people})::int as who, 1 + floor(random() * ${questions})::int as which, random() as luck
		from generate_series(1, ${many}) g) made join crowd c on c.n = who join asked q on q.n = which
	cross join lateral (select least(now(), q.created_at + luck * interval '3 days') as later) t`;

/** Two people each say that it helped, of every third answer and page. */
const useful = (spaceId: string, people: number) => `insert into helped (item_id, person_id, minutes_saved, created_at)
	select i.id, c.id, 1 + floor(random() * 60)::int, i.created_at + random() * (now() - i.created_at)
	from item i cross join generate_series(1, 2) g
	join crowd c on c.n = 1 + abs(hashtext(i.id::text || g)) % ${people} and c.id <> i.author_id
	where i.space_id = '${spaceId}' and i.kind in ('answer', 'page') and hashtext(i.id::text) % 3 = 0
	on conflict do nothing`;

const readings = (spaceId: string, many: number, pages: number, people: number) => `
	insert into signal (id, actor_id, verb, item_id, space_id, at)
	select uuidv7(), c.id, 'read', p.id, '${spaceId}', now() - luck * interval '90 days'
	from (select 1 + floor(${pages} * power(random(), 2))::int as page, 1 + floor(random() * ${people})::int as who, random() as luck
		from generate_series(1, ${many})) made
	join (select id, (row_number() over (order by id))::int as n from item where space_id = '${spaceId}' and kind = 'page') p on p.n = page
	join crowd c on c.n = who`;
