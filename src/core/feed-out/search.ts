/** Parts of the address of a search that say what is sought, in their order. */
const parts = ['q', 'kind', 'space', 'tag', 'author', 'after', 'before', 'archived'];

/** A search as one text, the same however its page was reached; empty where nothing is sought. */
export function searchTarget(query: Pick<URLSearchParams, 'get'>): string {
	const sought = parts.flatMap((name) => {
		const value = query.get(name)?.trim();
		return value ? [[name, value]] : [];
	});
	return new URLSearchParams(sought).toString();
}
