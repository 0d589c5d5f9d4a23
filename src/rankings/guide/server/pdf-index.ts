/** Something an index names: where it stands, or what to see instead. */
export interface Mark {
	term: string;
	page?: number;
	see?: string;
}

export interface IndexLine {
	term: string;
	/** In order, each once. */
	pages: number[];
	see?: string;
}

/**
 * An index of marks, by the letters of their terms; a term that is written in two ways stands as it came first.
 * @example indexOf([{ term: 'Rope', page: 9 }, { term: 'rope', page: 4 }]) // [{ term: 'Rope', pages: [4, 9] }]
 */
export function indexOf(marks: readonly Mark[]): IndexLine[] {
	const lines = new Map<string, IndexLine>();
	for (const { term, page, see } of marks) {
		const key = `${term.toLocaleLowerCase('en')}${see ? `\n${see}` : ''}`;
		const line = lines.get(key) ?? { term, pages: [], ...(see && { see }) };
		lines.set(key, line);
		if (page !== undefined && !line.pages.includes(page)) line.pages.push(page);
	}
	for (const { pages } of lines.values()) pages.sort((a, b) => a - b);
	return [...lines.values()].sort((a, b) => a.term.localeCompare(b.term, 'en') || a.pages.length - b.pages.length);
}
