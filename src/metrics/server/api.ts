import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import {
	day,
	effectFilter,
	givenValues,
	handover,
	metricEdit,
	newMark,
	newMetric,
	newPage,
	newQuery,
	pointFilter
} from '../input.ts';
import {
	effectView,
	intake,
	metricDraft,
	metricRow,
	metricView,
	points,
	sources as sourcesView,
	taken
} from './api-shapes.ts';
import { csvAnswer, plotAnswer } from './away.ts';
import { readEffect } from './effect.ts';
import { addMark, removeMark } from './marks.ts';
import { listMetrics, metricToEdit, readIntake, readMetric } from './read.ts';
import { metricOf, pointsOf } from './record.ts';
import { dropAside, removePoint, takeAside, takeIn } from './take.ts';
import { pullNow } from './sources/pull.ts';
import { addPage, addQuery, endSource, openHook, readSources } from './sources/sources.ts';
import { editMetric, handOver, makeMetric } from './write.ts';

const tag = 'Figures';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const made = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const example = {
	...{ title: 'Tickets solved', bodyMd: 'Closed by the service desk, without those opened again.', unit: 'tickets' },
	...{ better: 'more', every: 'day', people: 12 }
};

const figures: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/figures', summary: 'Figures of the work I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(metricRow),
		run: ({ db, viewer, query }) => listMetrics(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures', status: 201, summary: 'Say what is counted, in a space' },
		description:
			'`better` says whether more or less is better; `counts` is `activity` where it only tells how busy people are with learning. A figure adds up the work of five people at least.',
		body: newMetric,
		response: made,
		example: { body: { spaceId: someId, ...example } },
		run: async ({ db, viewer, body }) => ({ id: await makeMetric(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}', summary: 'A figure with its limits, signals, gaps, marks and newest values' },
		params,
		query: pointFilter,
		response: metricView,
		run: ({ db, viewer, params, query }) => readMetric(db, viewer, params.id, query.before)
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}/draft', summary: 'A figure as its form begins' },
		params,
		response: metricDraft,
		run: ({ db, viewer, params }) => metricToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/figures/{id}', summary: 'Change what a figure says of itself' },
		description: 'Send the `version` you started from. Unit, period and time zone stay once there are values.',
		params,
		body: metricEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editMetric(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/figures/{id}/owner', summary: 'Hand a figure over to somebody of its space' },
		params,
		body: handover,
		example: { body: { ownerId: someId } },
		run: ({ db, viewer, params, body }) => handOver(db, viewer, params.id, body)
	})
];

const values: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/figures/{id}/values', summary: 'All values of a figure' },
		description: 'Each by the first day of its period.',
		params,
		response: points,
		run: async ({ db, viewer, params }) => {
			const metric = await metricOf(db, viewer, params.id);
			return { items: await pointsOf(db, metric.id) };
		}
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures/{id}/values', summary: 'Bring values' },
		description:
			'A day is `2030-03-12`, `2030-03`, `2030-W11`, `2030-Q1`, or the moment it begins. What cannot be read, does not fit or contradicts what is there is put aside with the reason; the rest is taken. The same again changes nothing.',
		params,
		body: givenValues,
		response: taken,
		example: { body: { values: [{ day: '2030-03-12', value: 41 }] } },
		run: ({ db, viewer, params, body: { values, ...how } }) => {
			const lines = values.map((each, at) => ({ line: at + 1, ...each }));
			return takeIn(db, viewer, params.id, lines, { way: 'api', ...how });
		}
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/figures/{id}/values/{day}', summary: 'Take a value out' },
		description: 'It is put aside, and can come back.',
		params: z.object({ id, day }),
		run: ({ db, viewer, params }) => removePoint(db, viewer, params.id, params.day)
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}/csv', summary: 'All values as a table', sends: 'text/csv' },
		params,
		run: ({ db, viewer, params }) => csvAnswer(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}/plot', summary: 'The plot of a figure', sends: 'image/svg+xml' },
		params,
		run: ({ db, viewer, params }) => plotAnswer(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}/intake', summary: 'What came in last, and what was put aside' },
		params,
		response: intake,
		run: ({ db, viewer, params }) => readIntake(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/figures/{id}/aside/{line}', summary: 'Take a line in that was put aside' },
		params: z.object({ id, line: id }),
		run: ({ db, viewer, params }) => takeAside(db, viewer, params.id, params.line)
	}),
	endpoint({
		...{
			...write,
			method: 'DELETE',
			path: '/figures/{id}/aside/{line}',
			summary: 'Throw away a line that was put aside'
		},
		params: z.object({ id, line: id }),
		run: ({ db, viewer, params }) => dropAside(db, viewer, params.id, params.line)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures/{id}/marks', status: 201, summary: 'Mark what was done, and when' },
		description: '`about` is the id of what it is about, where that is here.',
		params,
		body: newMark,
		response: made,
		example: { body: { day: '2030-03-01', label: 'The new job aid' } },
		run: async ({ db, viewer, params, body }) => ({ id: await addMark(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...get, path: '/figures/{id}/effect', summary: 'Whether what was done shows in a figure' },
		description:
			'Since `mark` (the last one unless told), against its own past, or `against` another figure. With a 95 % interval, what it assumes and a plain sentence; or with the reasons why the data cannot tell.',
		params,
		query: effectFilter,
		response: effectView,
		run: ({ db, viewer, params, query }) => readEffect(db, viewer, params.id, query)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/figures/{id}/marks/{mark}', summary: 'Take a mark away' },
		params: z.object({ id, mark: id }),
		run: ({ db, viewer, params }) => removeMark(db, viewer, params.id, params.mark)
	})
];

const ofSource = z.object({ id, source: id });

const sources: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/figures/{id}/sources', summary: 'Where the values of a figure come from by themselves' },
		params,
		response: sourcesView,
		run: ({ db, viewer, params }) => readSources(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures/{id}/sources/hooks', status: 201, secret: true },
		summary: 'Let another program send values',
		description:
			'Deliveries are signed as Standard Webhooks 1.0 says, with the secret that is told here once. Their body is that of `POST /figures/{id}/values`; each is taken once, within five minutes.',
		params,
		response: z.object({ id, address: z.string(), secret: z.string() }),
		run: async ({ db, viewer, params, origin }) => {
			const { path, ...hook } = await openHook(db, viewer, params.id);
			return { ...hook, address: origin + path };
		}
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures/{id}/sources/pages', status: 201, confidential: true },
		summary: 'Pull values from an address that answers with JSON',
		description: '`list` says where the list of values is (`data.rows`), `dayField` and `valueField` what in it.',
		params,
		body: newPage,
		response: made,
		example: { body: { url: 'https://counts.example.org/tickets.json', list: 'data', everyHours: 24 } },
		run: async ({ db, viewer, params, body }) => ({ id: await addPage(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/figures/{id}/sources/queries', status: 201, confidential: true },
		summary: 'Pull values from a PostgreSQL, MySQL or MariaDB database',
		description:
			'By a query with the columns `day` and `value` that only reads. Use an account that can only read. `database` begins with `postgres://`, `mysql://` or `mariadb://`; `?sslmode=verify-full` encrypts and checks who answers.',
		params,
		body: newQuery,
		response: made,
		example: {
			body: {
				database: 'postgres://reader:secret@db.example.org/desk',
				query: 'select closed_on as day, count(*) as value from ticket group by 1'
			}
		},
		run: async ({ db, viewer, params, body }) => ({ id: await addQuery(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/figures/{id}/sources/{source}/pull', summary: 'Pull at once' },
		description: 'What is there already is replaced where it differs.',
		params: ofSource,
		response: z.object({ words: z.string() }),
		run: ({ db, viewer, params }) => pullNow(db, viewer, params.id, params.source)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/figures/{id}/sources/{source}', summary: 'End a source' },
		params: ofSource,
		run: ({ db, viewer, params }) => endSource(db, viewer, params.id, params.source)
	})
];

export const metricEndpoints: Endpoint[] = [...figures, ...values, ...sources];
