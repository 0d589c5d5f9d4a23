import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { CALENDAR_TYPE } from '#src/platform/server/icalendar.ts';
import { aheads, ways } from '../activity.ts';
import { activityEdit, activityFilter, afterwards, newActivity, reminder } from '../input.ts';
import { activityFile } from './calendar.ts';
import { markActivity } from './figure.ts';
import { activityToEdit, listActivities, readActivity } from './read.ts';
import { remindMe, remindMeNot } from './remind.ts';
import { editActivity, planActivity, tellAfterwards } from './write.ts';

const tag = 'Activities';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

const named = z.object({ id, name: z.string() }).nullable();
const linked = z.object({ title: z.string(), href: z.string() });
const day = z.iso.date();
const when = {
	...{ way: z.enum(ways), beginsOn: day, beginsAt: z.string().nullable(), endsOn: day },
	...{ endsAt: z.string().nullable(), zone: z.string() }
};
const shared = {
	...{ place: z.string(), begins: z.iso.datetime(), ends: z.iso.datetime(), when: z.string(), forWhom: z.string() },
	...{ runner: named, stage: z.enum(['coming', 'on', 'over']) }
};
const activityRow = itemRow.extend({ ...shared, way: z.enum(ways), serves: linked.nullable() });
const figure = linked.extend({
	...{ id, unit: z.string(), latest: z.object({ day, value: z.number() }).nullable() },
	...{ marked: z.boolean(), canMark: z.boolean(), said: z.string().nullable(), isActivity: z.boolean() }
});
const activityView = itemView.extend({
	...{ ...shared, ...when, link: z.string(), yours: z.string().nullable(), need: linked.extend({ id }).nullable() },
	...{ figure: figure.nullable(), recording: z.string(), ask: named, reminder: z.enum(aheads).nullable() },
	canKeep: z.boolean()
});
const draft = z.object({
	...{ id, spaceId: id, title: z.string(), bodyMd: z.string(), tags: z.array(z.string()), version: z.number() },
	...{ ...when, place: z.string(), link: z.string(), forWhom: z.string(), runnerId: id.nullable() },
	...{ needId: id.nullable(), metricId: id.nullable() }
});

const example = {
	...{ title: 'How we close the till', bodyMd: 'Bring a roll that jammed.', way: 'place', place: 'Hall 3' },
	...{ beginsOn: '2030-03-12', beginsAt: '14:00', endsAt: '15:30', zone: 'Europe/Vienna' }
} as const;

export const activityEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/activities', summary: 'The programme: activities in spaces I may read' },
		description: '`show` is `coming` (the next first, with what is going on) or `past` (the last first).',
		query: activityFilter,
		response: pageOf(activityRow),
		run: ({ db, viewer, query }) => listActivities(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/activities', status: 201, summary: 'Plan an activity' },
		description:
			'`way` is `place`, `online` or `weeks`; the last has days alone, the others hours in `zone`. Nobody is made to come. `needId` or `metricId` say what it is for: once it has begun it is marked in that figure, where you look after it.',
		body: newActivity,
		response: z.object({ id }),
		example: { body: { spaceId: someId, ...example } },
		run: async ({ db, viewer, body }) => ({ id: await planActivity(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/activities/{id}', summary: 'An activity, what it is for and what came of it' },
		params,
		response: activityView,
		run: ({ db, viewer, params }) => readActivity(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/activities/{id}/draft', summary: 'An activity as it is changed' },
		params,
		response: draft,
		run: ({ db, viewer, params }) => activityToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/activities/{id}', summary: 'Change an activity' },
		description: 'Send the `version` you started from.',
		params,
		body: activityEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editActivity(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...get, path: '/activities/{id}/ics', summary: 'An activity for a calendar', sends: CALENDAR_TYPE },
		params,
		run: ({ db, viewer, params, origin }) => activityFile(db, viewer, params.id, origin)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/activities/{id}/afterwards', summary: 'Say what came of an activity' },
		params,
		body: afterwards,
		example: { body: { bodyMd: 'Three ways to clear the roll.', recording: 'https://example.org/film' } },
		run: ({ db, viewer, params, body }) => tellAfterwards(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/activities/{id}/mark', summary: 'Mark an activity in its figure' },
		description: 'For who looks after the figure.',
		params,
		run: ({ db, viewer, params }) => markActivity(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/activities/{id}/reminder', summary: 'Remind me of an activity once' },
		params,
		body: reminder,
		example: { body: { ahead: 'day' } },
		run: ({ db, viewer, params, body }) => remindMe(db, viewer, params.id, body.ahead)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/activities/{id}/reminder', summary: 'Do not remind me of it' },
		params,
		run: ({ db, viewer, params }) => remindMeNot(db, viewer, params.id)
	})
];
