import { mergeAttributes, Node } from '@tiptap/core';
import {
	addColumnAfter,
	addRowAfter,
	deleteColumn,
	deleteRow,
	deleteTable,
	goToNextCell,
	tableEditing
} from '@tiptap/pm/tables';

declare module '@tiptap/core' {
	// eslint-disable-next-line @typescript-eslint/no-unused-vars -- a merged declaration has the same parameters
	interface NodeConfig<Options, Storage> {
		tableRole?: string;
	}
}

const align = {
	align: {
		default: null,
		parseHTML: (element: HTMLElement) => element.style.textAlign || null,
		renderHTML: ({ align }: Record<string, unknown>) => (align ? { style: `text-align: ${String(align)}` } : {})
	}
};
/** Markdown joins no cells; the table commands ask for these all the same. */
const spans = {
	colspan: { default: 1, rendered: false },
	rowspan: { default: 1, rendered: false },
	colwidth: { default: null, rendered: false }
};

const cell = (name: string, tag: string, tableRole: string) =>
	Node.create({
		name,
		content: 'paragraph',
		tableRole,
		isolating: true,
		addAttributes: () => ({ ...spans, ...align }),
		parseHTML: () => [{ tag }],
		renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0]
	});

const Row = Node.create({
	name: 'tableRow',
	content: '(tableCell | tableHeader)+',
	tableRole: 'row',
	parseHTML: () => [{ tag: 'tr' }],
	renderHTML: () => ['tr', 0]
});

const Table = Node.create({
	name: 'table',
	content: 'tableRow+',
	group: 'block',
	tableRole: 'table',
	isolating: true,
	parseHTML: () => [{ tag: 'table' }],
	renderHTML: () => ['table', ['tbody', 0]],
	extendNodeSchema: ({ config }) => ({ tableRole: (config as { tableRole?: string }).tableRole }),
	addKeyboardShortcuts() {
		const go = (direction: 1 | -1) => goToNextCell(direction)(this.editor.state, this.editor.view.dispatch);
		return {
			Tab: () =>
				go(1) ||
				(this.editor.isActive('table') &&
					this.editor.commands.command(({ state, dispatch }) => addRowAfter(state, dispatch)) &&
					go(1)),
			'Shift-Tab': () => go(-1)
		};
	},
	addProseMirrorPlugins: () => [tableEditing()]
});

/** Tables as Markdown has them: words in cells, the first row a heading. */
export const tables = [Table, Row, cell('tableCell', 'td', 'cell'), cell('tableHeader', 'th', 'header_cell')];

export const tableCommands = { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable };

/** An empty table to begin with. */
export const newTable = () => {
	const row = (type: string) => ({
		type: 'tableRow',
		content: Array.from({ length: 3 }, () => ({ type, content: [{ type: 'paragraph' }] }))
	});
	return { type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] };
};
