/** What can be brought into a space as a whole. */
export const bringKinds = [
	{
		kind: 'folder',
		label: 'A folder of files',
		text: 'A ZIP of a folder. Markdown becomes pages, every other file a resource, folders become collections.'
	},
	{
		kind: 'bookstack',
		label: 'BookStack',
		text: 'The portable ZIP of a book, a chapter or a page, its HTML file, or a ZIP of several.'
	},
	{ kind: 'confluence', label: 'Confluence', text: 'The export of a space, as HTML or as XML.' },
	{
		kind: 'package',
		label: 'A SCORM or cmi5 package',
		text: 'Its files become the content of a check. Time limits, forced order and scripts stay behind.'
	}
] as const;

export type BringKind = (typeof bringKinds)[number]['kind'];
