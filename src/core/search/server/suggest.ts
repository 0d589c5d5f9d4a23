import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { SuggestionGroup } from '../suggestion.ts';
import { searchKinds } from './kinds.ts';
import { searchPeople, searchTags } from './people.ts';
import { suggestItems } from './search.ts';

/** The few best of each kind for what is being typed, then people who may know, then tags. */
export async function suggest(db: Db, viewer: Viewer, typed: string): Promise<SuggestionGroup[]> {
	const text = typed.slice(0, 300).toWellFormed().replaceAll('\0', ' ').trimStart();
	if (text.trim().length === 0) return [];
	const [hits, people, tags] = await Promise.all([
		suggestItems(db, viewer, text),
		searchPeople(db, text, 3),
		searchTags(db, viewer, text, 3)
	]);
	const best = new Map(hits.map(({ kind }, index) => [kind, index] as const).reverse());
	const groups = searchKinds()
		.filter(({ kind }) => best.has(kind))
		.sort((a, b) => best.get(a.kind)! - best.get(b.kind)!)
		.map(({ kind, plural }) => ({
			label: plural,
			options: hits
				.filter((hit) => hit.kind === kind)
				.map(({ href, icon, title, why, space, locator }) => ({
					...{ href, icon, title },
					why: [locator, why, why.includes(space) ? null : space].filter(Boolean).join(' · ')
				}))
		}));
	const plain = (words: string) => [{ text: words, mark: false }];
	const found = [
		...groups,
		{
			label: 'People who may know',
			options: people.map(({ id, name, why }) => ({ href: `/people/${id}`, icon: 'people', title: plain(name), why }))
		},
		{
			label: 'Tags',
			options: tags.map((tag) => ({
				...{
					href: `/tags/${encodeURIComponent(tag)}`,
					icon: 'bookmark',
					title: plain(tag),
					why: 'questions with this tag'
				}
			}))
		}
	];
	return found.filter(({ options }) => options.length > 0);
}
