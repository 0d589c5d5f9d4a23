import type { Command } from './command.ts';

/** Every command by name. A new one adds a file beside this and a line here. */
export const commands: Record<string, { summary: string; load(): Promise<{ command: Command }> }> = {
	'import stackexchange': {
		summary: 'Take over a Stack Exchange dump into a space',
		load: () => import('./import-stackexchange.ts')
	},
	'import markdown': {
		summary: 'Take over a folder of Markdown as pages of a space',
		load: () => import('./import-markdown.ts')
	},
	'import bookmarks': {
		summary: 'Take over bookmarks of a browser, Karakeep, Linkwarden or Pocket as links of a space',
		load: () => import('./import-bookmarks.ts')
	},
	'import folder': {
		summary: 'Take over a folder of files as resources, pages and collections of a space',
		load: async () => ({ command: (await import('./import-archive.ts')).archiveCommand('folder') })
	},
	'import bookstack': {
		summary: 'Take over a book that BookStack exported',
		load: async () => ({ command: (await import('./import-archive.ts')).archiveCommand('bookstack') })
	},
	'import confluence': {
		summary: 'Take over a space that Confluence exported',
		load: async () => ({ command: (await import('./import-archive.ts')).archiveCommand('confluence') })
	},
	'import package': {
		summary: 'Take over a SCORM or cmi5 package as a check with its content',
		load: async () => ({ command: (await import('./import-archive.ts')).archiveCommand('package') })
	},
	'import questions': {
		summary: 'Take over questions into a bank: Moodle XML, GIFT, QTI, CSV',
		load: () => import('./import-questions.ts')
	},
	'export questions': {
		summary: 'Write the questions of a bank as Moodle XML, GIFT, QTI or CSV',
		load: () => import('./export-questions.ts')
	},
	'export site': {
		summary: 'Write a space as a site of plain pages',
		load: () => import('./export-site.ts')
	},
	'mail key': { summary: 'Make the key that signs mails, and its DNS record', load: () => import('./mail-key.ts') },
	demo: { summary: 'Fill an example organisation to look around in', load: () => import('./demo.ts') },
	search: { summary: 'Bring the search index up to date', load: () => import('./search.ts') },
	'forget-key': { summary: 'Begin anew when the key of stored secrets is lost', load: () => import('./forget-key.ts') },
	status: { summary: 'Which database is used, and what is in it', load: () => import('./status.ts') }
};
