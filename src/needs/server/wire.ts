import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerGrounds } from '#src/core/grounds/server/grounds.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { closeDuePulses } from '../pulse/server/pulse.ts';
import { askedOf } from '../pulse/server/read.ts';
import '../plan/server/steps.ts';
import './conclude.ts';
import './editors.ts';
import { grounds } from './grounds.ts';
import { ownCauses } from './own.ts';
import { followersOf } from '#src/core/notify/server/items.ts';

/** Who is asked along hears of it, and who follows a need hears what it came to. */
export function wireNeeds(db: Db): void {
	registerKinds([
		{
			...{
				name: 'need.editor',
				label: 'You are asked to work out a problem',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'now', button: 'Open the analysis' },
			sentence: ({ actor, title }) => `${actor} asks you along to work out “${title}”`
		},
		{
			...{
				name: 'need.pulse',
				label: 'You are asked how it is with your work',
				group: 'For you to answer',
				choice: 'organisation'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Answer six statements' },
			sentence: ({ title }) => `How is it with your work? A minute, without your name, about “${title}”`
		},
		{
			...{
				name: 'need.step',
				label: 'You have something to do in a plan',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Open the plan' },
			sentence: ({ actor, title }) => `${actor} gave you something to do in the plan of “${title}”`
		},
		{
			...{
				name: 'need.concluded',
				label: 'What became of a problem you follow',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', button: 'Read what it came to' },
			sentence: ({ actor, title }) => `${actor} recorded what the analysis of “${title}” came to`
		}
	]);
	subscribe('need.editor_added', ({ id, itemId, personId, actorId }) =>
		notify(db, { eventId: id, kind: 'need.editor', itemId, actorId }, sql`select ${personId}::uuid`)
	);
	subscribe('need.concluded', ({ id, itemId, actorId }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'need.concluded', itemId, actorId },
				// Who was asked along follows it since then.
				choices: [{ choice: 'person', people: sql`select person_id from need_editor where need_id = ${itemId}` }]
			},
			followersOf(itemId)
		)
	);
	subscribe('need.pulse_opened', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'need.pulse', itemId, actorId, at: `/needs/${itemId}/pulse` },
			sql`select asked.person_id from item i cross join lateral (${askedOf}) asked where i.id = ${itemId}`
		)
	);
	subscribe('need.step_given', ({ id, itemId, personId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'need.step', itemId, actorId, at: `/needs/${itemId}/plan` },
			sql`select ${personId}::uuid`
		)
	);
	defineJob('needs.pulses', () => closeDuePulses(db), { cron: '20 0 * * *' });
	registerGrounds(grounds);
	exportsOwn(ownCauses);
}
