import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';

const oneQuestion = `select id as value from item where kind = 'question' and state = 'open'
	order by space_id = (select id from space where kind = 'organisation') desc, (select count(*) from item a where a.parent_id = item.id) desc limit 1`;
/** One of a kind in the organisation's own space where there is one: the visitor is its steward and may edit it. */
const one = (kind: string) => `select item.id as value from item join space on space.id = space_id
	where item.kind = '${kind}' order by space.kind = 'organisation' desc limit 1`;
const onePerson = `select id as value from person limit 1`;
const oneOpenSpace = `select slug as value from space where access = 'open' and archived_at is null limit 1`;

/** Links of mails show their form whatever the secret; only an invitation must be one. */
const anySecret = `select 'example' as value`;
const oneInvitation = `insert into invitation (id, token_hash, invited_by, max_uses, expires_at)
	select gen_random_uuid(), encode(sha256('example'), 'hex'), id, 500, now() + interval '1 day' from person limit 1
	returning 'example' as value`;

/** One with pictures and steps to be stuck at, in the organisation's own space. */
const oneAid = `select item_id as value from aid join item on item.id = item_id join space on space.id = space_id
	where type = 'steps' and state = 'open' and space.kind = 'organisation' limit 1`;

const oneBankQuestion = `select q.id as value from question_bank b join space s on s.id = b.space_id
	join bank_question q on q.bank_id = b.id order by s.kind = 'organisation' desc, b.created_at, q.id limit 1`;
const oneBank = `select b.id as value from question_bank b join space s on s.id = b.space_id
	join bank_question q on q.bank_id = b.id order by s.kind = 'organisation' desc, b.created_at, q.id limit 1`;
/** Whose pages these tests visit. */
const visitor = `(select person_id from space_member where role = 'steward' group by person_id order by count(*) desc, person_id limit 1)`;
/** An attempt that failed, made the visitor's own. */
const oneAttempt = `update check_attempt set person_id = ${visitor} where id = (
	select id from check_attempt where state = 'failed' order by started_at limit 1) returning id as value`;
/** What a feed of the organisation's own space says. */
async function oneEntry(db: Db): Promise<string> {
	const { value } = (await row<{ value: string }>(db, sql`select id as value from space where kind = 'organisation'`))!;
	return (await aSpaceFeed(db, value)).entries;
}

/** What the visitor keeps. */
const oneKept = `insert into kept (person_id, url, key, title, site, html, text, words, looked_at, note)
	values (${visitor}, 'https://example.org/counting', 'example.org/counting', 'Counting', 'Example',
		'<h2>At night</h2><p>We never counted twice. It took an hour less.</p>', 'We never counted twice.', 9, now(), 'Ask Ada')
	on conflict (person_id, key) where key <> '' do update set note = excluded.note returning id as value`;

const oneGoal = `insert into work_goal (id, person_id, title, created_at) values (uuidv7(), ${visitor}, 'Fewer returns', '2030-01-07')
	on conflict (person_id, lower(title)) where state = 'open' do update set title = excluded.title returning id as value`;

/** A copy of a year that a colleague gave to the visitor. */
const oneCopy = `insert into work_share (id, person_id, reader_id, year, content)
	select uuidv7(), p.id, ${visitor}, 2030, '{"year":2030,"goals":[],"notes":[],"helped":{"times":0,"minutes":0,"said":[]}}'
	from person p where p.id <> ${visitor} order by p.id limit 1
	on conflict (person_id, reader_id, year) do update set created_at = now() returning id as value`;

/** A call for a second that the visitor got. */
const oneCall = `with made as (
		insert into community_call (id, space_id, kind, topic, by_id)
		select uuidv7(), s.id, 'second', 'till', p.id from space s, person p where s.kind = 'organisation' and p.id <> ${visitor} limit 1
		returning id
	) insert into community_called (call_id, person_id) select id, ${visitor} from made returning call_id as value`;

/** How an example is found: by a query, or made. */
type Example = string | ((db: Db) => Promise<string>);

/** What stands for the parameters of each route, or of all routes that begin with it: one in the example organisation. */
const parameters: Record<string, Example> = {
	'/questions/[id]': oneQuestion,
	'/answers/[id]': `select item.id as value from item join space on space.id = space_id
		where item.kind = 'answer' and space.kind = 'organisation' limit 1`,
	'/pages/[id]': one('page'),
	'/collections/[id]': one('collection'),
	'/kept/[id]': oneKept,
	'/lists/[id]': one('reading_list'),
	'/drips/[id]': one('drip'),
	'/drips/[id]/tips/[tip]': `select id as value from drip_tip where published_at is not null and drip_id = (${one('drip').replace('item.id as value', 'item.id')}) limit 1`,
	'/lists/[id]/editions/[hash]': `select hash as value from reading_edition where list_id = (${one('reading_list').replace('item.id as value', 'item.id')})`,
	'/needs/[id]': one('need'),
	'/rankings/[id]': `select ranking_id as value from ranking_release order by content -> 'year' desc, hash limit 1`,
	'/rankings/[id]/releases/[hash]': `select hash as value from ranking_release order by content -> 'year' desc, hash limit 1`,
	'/prompts/[id]': `select item_id as value from prompt order by drawn is null limit 1`,
	'/tools/[id]': `select id as value from item where kind = 'tool' limit 1`,
	'/figures/[id]': one('figure'),
	'/rollouts/[id]': one('rollout'),
	'/surveys/[id]': `select item_id as value from survey where status = 'closed' limit 1`,
	'/surveys/[id]/answer': `select item_id as value from survey where status = 'open' and anonymous limit 1`,
	'/surveys/[id]/answers': `select item_id as value from survey where not anonymous limit 1`,
	'/s/[token]/results': `update survey set link_hash = encode(sha256('over'), 'hex') where item_id = (
		select item_id from survey where status = 'closed' limit 1) returning 'over' as value`,
	'/s/[token]': `update survey set link_hash = encode(sha256('example'), 'hex') where item_id = (
		select item_id from survey where status = 'open' and anonymous order by item_id limit 1) returning 'example' as value`,
	'/activities/[id]': `select item_id as value from activity join item on item.id = item_id join space on space.id = space_id
		order by space.kind = 'organisation' desc, ends limit 1`,
	'/community/[id]': `select id as value from area order by lower(name) desc limit 1`,
	'/faqs/[id]': one('faq'),
	'/work/goals/[id]': oneGoal,
	'/work/notes/[id]': `insert into work_note (id, person_id, kind, text, happened_on, key) values (uuidv7(), ${visitor}, 'reflection',
		'Count at night.', '2030-03-12', 'example') on conflict (person_id, key) do update set text = excluded.text returning id as value`,
	'/work/years/[year]': `select '2030' as value`,
	'/work/copies/[id]': oneCopy,
	'/calls/[id]': oneCall,
	'/banks/[id]': oneBank,
	'/banks/[id]/questions/[question]': oneBankQuestion,
	'/requests/[id]': one('request'),
	'/resources/[id]': one('resource'),
	'/stories/[id]': one('story'),
	'/links/[id]': `select item.id as value from item join space on space.id = space_id join link on link.item_id = item.id
		where link.snapshot > 1 order by space.kind = 'organisation' desc limit 1`,
	'/aids/[id]': oneAid,
	'/aids/new/[type]': `select 'flow' as value`,
	'/checks/[id]': one('check'),
	'/attempts/[id]': oneAttempt,
	'/askings/[id]': `select id as value from asking order by ended_at is not null limit 1`,
	'/feeds/entries/[id]': oneEntry,
	'/people/[id]': onePerson,
	'/spaces/[slug]': oneOpenSpace,
	'/items/[id]': oneQuestion,
	'/join/[token]': oneInvitation,
	'/forgot/[token]': anySecret,
	'/sign-up/[token]': anySecret,
	'/sign-in/link/[token]': anySecret,
	'/confirm-email/[token]': anySecret,
	'/tags/[tag]': `select tags[1] as value from item where tags <> '{}' limit 1`
};

/** What a page is asked for, where it shows nothing without. */
const asked: Record<string, [name: string, query: string]> = {
	'/collections/add': ['item', oneQuestion],
	'/faqs/add': ['question', `select item_id as value from question where accepted_answer_id is not null limit 1`]
};

/** Routes that show nothing of their own to somebody who has signed in, or need a signed link: tests of their own visit them. */
// Only its author edits a comment, and the visitor of these tests has written none; a proof is its owner's alone.
const elsewhere = new Set([
	'/welcome',
	'/mail/[token]',
	'/comments/[id]/edit',
	'/proofs/[id]',
	'/attempts/[id]/review'
]);

export interface Address {
	route: string;
	/** Null when nothing stands for its parameters yet. */
	address: string | null;
	signedIn: boolean;
}

/** Every page there is, from the file system: a new one is visited without being named anywhere. */
export async function everyPage(db: Db): Promise<Address[]> {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map((file) =>
		file.replaceAll('\\', '/')
	);
	const pages = files.filter((file) => file.endsWith('+page.svelte')).map(dirname);
	const found: Address[] = [];
	for (const folder of pages.sort()) {
		const route = `/${folder}`.replace(/\/\([^)]+\)/g, '').replace(/\/\.$/, '/') || '/';
		if (elsewhere.has(route)) continue;
		found.push({ route, address: await filledIn(db, route), signedIn: /^\((app|aid)\)/.test(folder) });
	}
	return found;
}

async function filledIn(db: Db, route: string): Promise<string | null> {
	let address = route;
	for (const [part, at] of [...route.matchAll(/\[[^\]]+\]/g)].map((match) => [match[0], match.index] as const)) {
		// A route of its own example has one parameter; of several, each is found by what stands before it.
		const own = route.indexOf('[') === at && !route.includes('[', at + 1) ? parameters[route] : undefined;
		const found = await exampleOf(db, own ?? parameters[route.slice(0, at + part.length)]);
		if (!found) return null;
		address = address.replace(part, found);
	}
	if (address !== route) return address;
	if (!asked[route]) return route;
	const [name, query] = asked[route];
	const found = await exampleOf(db, query);
	return found && `${route}?${name}=${found}`;
}

/** An example as it stands in an address; null where there is none. */
async function exampleOf(db: Db, example: Example | undefined): Promise<string | null> {
	if (!example) return null;
	if (typeof example === 'function') return encodeURIComponent(await example(db));
	const found = await row<{ value: string }>(db, sql.raw(example));
	return found ? encodeURIComponent(found.value) : null;
}
