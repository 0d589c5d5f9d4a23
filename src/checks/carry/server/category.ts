import { wordsOf } from './text.ts';

/** `$course$/top/Returns/Cold goods` is "Returns / Cold goods"; a slash within a name is doubled. */
export function categoryOf(path: string): string {
	const names = path
		.trim()
		.split(/(?<!\/)\/(?!\/)/)
		.map((name) => wordsOf(name.replaceAll('//', '/')));
	while (names.length > 0 && /^(\$\w+\$|top)?$/i.test(names[0]!)) names.shift();
	return names.join(' / ').slice(0, 200).trim();
}

/** The same as a path: an objective is one name of it. */
export const categoryPath = (objective: string): string =>
	['$course$', 'top', ...(objective ? [objective.replaceAll('/', '//')] : [])].join('/');
