import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { isAway } from '#src/core/people/server/presence.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { forbidden, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { isSameSecret, isSigned } from '#src/platform/server/secrets.ts';
import { unseal } from '#src/platform/server/vault.ts';
import { PROMPT_DAYS, USUAL_PACE, type Sender } from '../prompt.ts';
import { workHook } from './schema.ts';
import type { Closed, Told } from './senders/closed.ts';
import { readGithub } from './senders/github.ts';
import { readGitlab } from './senders/gitlab.ts';
import { readJira } from './senders/jira.ts';
import { readPlain } from './senders/plain.ts';

const read: Record<Sender, (json: unknown) => Told> = {
	plain: readPlain,
	github: readGithub,
	gitlab: readGitlab,
	jira: readJira
};

/** A call from outside, as it came. */
export interface HookCall {
	body: Uint8Array;
	/** In lower case. */
	headers: Pick<Headers, 'get'>;
}

type HookRow = typeof workHook.$inferSelect;

/**
 * Takes word of work that was closed elsewhere; its person is asked, unless they were asked for it before, or often enough.
 * @returns what became of it, in words for whoever sets the connection up
 * @throws Failure not_found, forbidden for who does not know the secret, invalid (_) for what is no JSON
 */
export async function takeClosed(db: Db, hookId: string, call: HookCall): Promise<string> {
	const [hook] = await db.select().from(workHook).where(eq(workHook.id, hookId));
	if (!hook) throw notFound('There is no such connection any more.');
	if (!isFrom(call, unseal(hook.secret, hook.id)))
		throw forbidden('This neither has the secret of the connection nor is signed with it.');
	const told = read[hook.sender](jsonOf(call.body));
	const heard = 'why' in told ? `Nobody was asked: ${told.why}.` : await ask(db, hook, told);
	await db.update(workHook).set({ heard, heardAt: new Date() }).where(eq(workHook.id, hookId));
	return heard;
}

/** By signature, as GitHub and Jira send it, or by the secret itself, as GitLab and others do. */
function isFrom({ body, headers }: HookCall, secret: string): boolean {
	const signature = headers.get('x-hub-signature-256') ?? headers.get('x-hub-signature');
	if (signature) return isSigned(body, signature, secret);
	const given = headers.get('x-gitlab-token') ?? headers.get('authorization')?.replace(/^Bearer\s+/i, '');
	return given !== undefined && isSameSecret(given, secret);
}

function jsonOf(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		throw invalid({ _: 'is no JSON' });
	}
}

async function ask(db: Db, hook: HookRow, closed: Closed): Promise<string> {
	if (hook.account && !closed.people.includes(hook.account.toLowerCase()))
		return `Nobody was asked: it is not of ${hook.account}.`;
	const person = hook.personId ?? (await personOf(db, closed));
	if (!person) return 'Nobody was asked: it names nobody who is here by their e-mail address.';
	return (await admit(db, hook.id, person, closed))
		? 'Its person was asked.'
		: 'Its person was not asked again, or had enough this week.';
}

/** One who is named by e-mail address; of several the first. */
async function personOf(db: Db, { people }: Closed): Promise<string | undefined> {
	const found = await row<{ id: string }>(
		db,
		sql`select id from person where email = any(${array(people, 'text')}) and deactivated_at is null
			order by array_position(${array(people, 'text')}, email) limit 1`
	);
	return found?.id;
}

/** The pace is locked: of two that come at once one may be too many. */
async function admit(db: Db, hookId: string, personId: string, { key, title, address }: Closed): Promise<boolean> {
	return db.transaction(async (tx) => {
		const pace = await row<{ a_week: number; paused: boolean }>(
			tx,
			sql`insert into work_pace (person_id, a_week) values (${personId}, ${USUAL_PACE})
				on conflict (person_id) do update set a_week = work_pace.a_week
				returning a_week, coalesce(paused_until > now() at time zone (select time_zone from person where id = ${personId}), false)
					or ${isAway(sql`${personId}::uuid`, sql`now()`)} as paused`
		);
		const lately = await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from work_prompt where person_id = ${personId}
				and arrived_at > now() - make_interval(days => ${PROMPT_DAYS})`
		);
		if (pace!.paused || lately!.count >= pace!.a_week) return false;
		const known = createHash('sha256').update(key).digest('base64url');
		const made = await row(
			tx,
			sql`insert into work_prompt (id, person_id, hook_id, key, title, address)
				values (${newId()}, ${personId}, ${hookId}, ${known}, ${title}, ${address}) on conflict do nothing returning id`
		);
		return made !== undefined;
	});
}
