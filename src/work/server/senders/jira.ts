import { z } from 'zod';
import { address, peopleOf, short, type Told } from './closed.ts';

const body = z.object({
	issue: z.object({
		key: short(60),
		self: address,
		fields: z.object({
			summary: short(300),
			status: z.object({ statusCategory: z.object({ key: short(40) }).optional() }).nullish(),
			assignee: z.object({ emailAddress: short(254), displayName: short(200), name: short(200) }).nullish()
		})
	}),
	changelog: z.object({ items: z.array(z.object({ field: short(60) })).max(1000) }).optional()
});

/**
 * `jira:issue_updated`: an issue whose status came to one of the category "done" is its assignee's.
 * https://developer.atlassian.com/server/jira/platform/webhooks/
 */
export function readJira(json: unknown): Told {
	const { data } = body.safeParse(json);
	const fields = data?.issue.fields;
	const turned = data?.changelog?.items.some(({ field }) => field === 'status' || field === 'resolution');
	if (!data || !turned || fields?.status?.statusCategory?.key !== 'done') return { why: 'nothing was closed' };
	const { key, self } = data.issue;
	return {
		...{ key, title: fields.summary || key, address: self && `${new URL(self).origin}/browse/${key}` },
		people: peopleOf(fields.assignee?.emailAddress, fields.assignee?.name, fields.assignee?.displayName)
	};
}
