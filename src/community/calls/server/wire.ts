import { exportsOwn, ownFile } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { CallKind } from '../call.ts';
import './make.ts';

/** Who is asked for something hears of it once. */
export function wireCalls(db: Db): void {
	registerKinds([
		{
			...{
				name: 'community.write',
				label: 'You are asked to write something down',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Write a job aid' },
			sentence: ({ actor, note }) =>
				`${actor} asks you to write down what you know about ${note}: most of it hangs on you`
		},
		{
			...{
				name: 'community.second',
				label: 'A topic you know seeks a second person',
				group: 'For you to answer',
				choice: 'organisation'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Say yes or no' },
			sentence: ({ space, note }) => `${space} seeks a second person for questions about ${note}`
		},
		{
			...{
				name: 'community.improve',
				label: 'You are asked to improve what you wrote',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Look at it' },
			sentence: ({ actor, title }) =>
				`${actor} asks you to look at “${title}”: many read it, and few say that it helped`
		}
	]);
	subscribe('community.called', async ({ id, callId, actorId }) => {
		const call = await row<{ kind: CallKind; topic: string; space_id: string }>(
			db,
			sql`select kind, topic, space_id from community_call where id = ${callId}`
		);
		if (!call) return;
		const { kind, topic, space_id: spaceId } = call;
		const about = {
			write: { spaceId, note: topic, at: `/aids/new?space=${spaceId}&tags=${encodeURIComponent(topic)}` },
			second: { spaceId, note: topic, at: `/calls/${callId}` },
			improve: { itemId: topic }
		}[kind];
		await notify(
			db,
			{ eventId: id, kind: `community.${kind}`, actorId, ...about },
			sql`select person_id from community_called where call_id = ${callId}`
		);
	});
	exportsOwn(
		ownFile(
			'community-calls',
			'what those who look after a space asked you, and what you said',
			(
				me
			) => sql`select s.name as space, c.kind, case when c.kind <> 'improve' then c.topic end as tag, d.answer, c.created_at
				from community_called d join community_call c on c.id = d.call_id join space s on s.id = c.space_id
				where d.person_id = ${me} order by c.created_at`
		)
	);
}
