/** Paths of the toolbar's signs, drawn on 24 × 24 with a line of 2. */
export const icons = {
	bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
	italic: 'M10 5h8M6 19h8M14 5l-4 14',
	strike: 'M5 12h14M16 7c-1-2-7-3-8 1M8 17c1 2.500 8 3 8-1.500',
	code: 'M8 7l-5 5 5 5M16 7l5 5-5 5',
	block: 'M4 5h16v14H4zM9 10l-2 2 2 2M15 10l2 2-2 2',
	link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
	heading: 'M6 5v14M18 5v14M6 12h12',
	bullets: 'M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01',
	numbers: 'M10 6h10M10 12h10M10 18h10M4 5l1.500-1v5M4 15h2.500L4 19h2.500',
	tasks: 'M11 6h9M11 18h9M3.500 6l1.500 1.500L8 4.500M3.500 18l1.500 1.500 3-3M11 12h9',
	quote: 'M5 6v12M10 8h10M10 12h10M10 16h6',
	image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.500 9h.01',
	table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14',
	undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4',
	redo: 'M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h4'
} as const;

export type IconName = keyof typeof icons;
