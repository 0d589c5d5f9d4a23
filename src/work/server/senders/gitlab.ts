import { z } from 'zod';
import { address, peopleOf, short, type Told } from './closed.ts';

const person = z.object({ username: short(200), email: short(254) });
const body = z.object({
	object_kind: short(40),
	project: z.object({ path_with_namespace: short(300) }).optional(),
	object_attributes: z.object({ iid: short(20), title: short(300), url: address, action: short(40) }).optional(),
	user: person.optional(),
	assignees: z.array(person).max(100).nullish()
});

/**
 * Issue and merge request events of GitLab: what is closed or merged is its assignees', or else of who closed it.
 * https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export function readGitlab(json: unknown): Told {
	const { data } = body.safeParse(json);
	const work = data?.object_attributes;
	const ended = data?.object_kind === 'merge_request' ? 'merge' : 'close';
	if (!data || !work || work.action !== ended) return { why: 'nothing was closed' };
	const sign = data.object_kind === 'merge_request' ? '!' : '#';
	const its = data.assignees?.length ? data.assignees : data.user ? [data.user] : [];
	return {
		...{ key: `${data.project?.path_with_namespace ?? ''}${sign}${work.iid}`, title: work.title, address: work.url },
		people: peopleOf(...its.flatMap(({ username, email }) => [username, email]))
	};
}
