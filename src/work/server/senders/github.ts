import { z } from 'zod';
import { address, peopleOf, short, type Told } from './closed.ts';

const person = z.object({ login: short(200) }).nullish();
const thing = z.object({
	number: short(20),
	title: short(300),
	html_url: address,
	merged: z.unknown().optional(),
	user: person,
	assignees: z.array(person).max(100).nullish()
});
const body = z.object({
	action: short(40),
	repository: z.object({ full_name: short(200) }).optional(),
	issue: thing.optional(),
	pull_request: thing.optional()
});

/**
 * The events `issues` and `pull_request` of GitHub: an issue that was closed is its assignees', a change that was merged
 * its author's. https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function readGithub(json: unknown): Told {
	const { data } = body.safeParse(json);
	const work = data?.pull_request ?? data?.issue;
	if (!data || !work || data.action !== 'closed') return { why: 'nothing was closed' };
	if (data.pull_request && data.pull_request.merged !== true) return { why: 'the change was not merged' };
	const its = data.pull_request ? [work.user] : (work.assignees ?? []);
	return {
		...{ key: `${data.repository?.full_name ?? ''}#${work.number}`, title: work.title, address: work.html_url },
		people: peopleOf(...its.map((each) => each?.login))
	};
}
