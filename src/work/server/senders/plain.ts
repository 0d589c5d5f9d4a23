import { z } from 'zod';
import { address, peopleOf, short, type Told } from './closed.ts';

const body = z.object({ id: short(300), title: short(300), url: address, email: short(254), account: short(200) });

/** What any program can send: `{ "id", "title", "url", "email", "account" }`; all but the first two may be left out. */
export function readPlain(json: unknown): Told {
	const { data } = body.safeParse(json);
	if (!data?.id || !data.title) return { why: 'it has no id or no title' };
	return { key: data.id, title: data.title, address: data.url, people: peopleOf(data.email, data.account) };
}
