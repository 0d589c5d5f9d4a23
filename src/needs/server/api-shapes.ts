import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { causeAnswers, causeNames, type CauseName } from '../causes.ts';

const time = z.iso.datetime();
const named = z.object({ id, name: z.string() });
const known = z.number().nullable();
const cause = z.enum(causeNames);
const answer = z.enum(causeAnswers);
const decision = z.enum(['act', 'leave']);

const costs = z.object({
	...{ people: known, timesMonth: known, minutesEach: known, hourCost: known, otherMonth: known },
	currency: z.string()
});
const estimate = {
	...{ moneyOnce: z.number(), moneyMonth: z.number(), hoursMake: z.number(), minutesEach: z.number() },
	...{ days: z.number(), share: z.number() }
};
const path = { cause, title: z.string(), about: z.string(), quick: z.boolean(), chosen: z.boolean(), ...estimate };
const worth = z.object({
	verdict: z.enum(['unknown', 'pays', 'dear']),
	...{ once: z.number(), firstYear: z.number(), saves: known, months: known, hours: z.number() }
});

export const conclusion = z.object({
	...{ id, number: z.number(), decision, lacksKnowledge: z.boolean(), by: named, at: time },
	content: z.object({
		...{ title: z.string(), happens: z.string(), who: z.string(), wanted: z.string(), figure: z.string() },
		...{ costs, yearly: known, noQuick: z.string(), summary: z.string() },
		causes: z.array(z.object({ cause, answer, shows: z.string() })),
		paths: z.array(z.object({ ...path, words: z.string() }))
	})
});

const evidence = z.object({
	...{ id, cause: cause.nullable(), says: z.string(), href: z.string().nullable(), by: z.string(), at: time }
});

const said = z.object({ lean: z.enum(['most', 'split', 'few', 'unknown']), yes: known, no: known });
const rests = z.object({
	pulse: z
		.object({
			...{ closedAt: time, asked: z.number() },
			result: z
				.object({
					answered: z.number(),
					said: z.object(Object.fromEntries(causeNames.map((name) => [name, said])) as Record<CauseName, typeof said>)
				})
				.nullable()
		})
		.nullable(),
	evidence: z.array(
		z.object({
			...{ id, cause: cause.nullable(), says: z.string(), by: z.string(), href: z.string().nullable() },
			was: z
				.object({
					...{ title: z.string(), version: z.number(), hash: z.string() },
					latest: z.object({ day: z.iso.date(), value: z.number(), unit: z.string() }).nullable()
				})
				.nullable(),
			...{ since: z.enum(['same', 'changed', 'gone', 'taken away']), versions: z.string().nullable() }
		})
	),
	...{ added: z.number(), askedAgain: z.boolean() }
});

export const needView = itemView.extend({
	...{ who: z.string(), wanted: z.string(), figure: z.string(), costs, yearly: known },
	...{ editors: z.array(named), canWork: z.boolean(), conclusion: conclusion.nullable(), rests: rests.nullable() },
	evidence: z.array(evidence)
});

export const needRow = itemRow.extend({
	...{ who: z.string(), yearly: known, currency: z.string(), looked: z.number(), decision: decision.nullable() }
});

export const analysis = z.object({
	...{ id, title: z.string(), who: z.string(), yearly: known },
	costs: costs.extend({ noQuick: z.string(), version: z.number() }),
	causes: z.array(z.object({ cause, answer, shows: z.string(), by: z.string(), version: z.number() })),
	paths: z.array(z.object({ ...path, id, version: z.number(), worth, words: z.string() })),
	evidence: z.array(evidence),
	...{ editors: z.array(named), open: z.array(z.string()), conclusion: conclusion.nullable(), isChanged: z.boolean() }
});
