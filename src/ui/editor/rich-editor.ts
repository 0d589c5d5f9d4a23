import { Editor, type JSONContent } from '@tiptap/core';
import { DOMParser, Slice, type ResolvedPos } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { extensions } from './extensions.ts';
import { canHold, parseMarkdown, serializeMarkdown } from './markdown.ts';
import type { Suggestions } from './suggestions.svelte.ts';
import type { UploadedFile } from './upload.ts';

interface Options {
	element: HTMLElement;
	value: string;
	suggestions: Suggestions;
	/** Of the element that is written in. */
	attributes: () => Record<string, string>;
	onchange: (markdown: () => string) => void;
	onstate: () => void;
	onfiles: (files: File[]) => void;
}

/** Opens the rich view of a text on an element of the page. */
export function openEditor({ element, value, suggestions, attributes, onchange, onstate, onfiles }: Options): Editor {
	const editor: Editor = new Editor({
		element,
		// The page's policy takes no inline styles; they stand in Rich.svelte.
		injectCSS: false,
		extensions: extensions(suggestions),
		content: parseMarkdown(value),
		editorProps: {
			attributes: () => ({ role: 'textbox', 'aria-multiline': 'true', ...attributes() }),
			handlePaste: (_view, event) => takeFiles(event.clipboardData, event, onfiles),
			handleDrop: (_view, event, _slice, moved) => !moved && takeFiles(event.dataTransfer, event, onfiles),
			clipboardTextParser: (text, context, plain) => parsePasted(editor, text, context, plain),
			clipboardTextSerializer: (slice) =>
				serializeMarkdown({ type: 'doc', content: slice.content.toJSON() as JSONContent[] })
		},
		onUpdate: () => onchange(() => serializeMarkdown(editor.getJSON())),
		onTransaction: onstate
	});
	return editor;
}

/** Pictures of office programs come beside the text they belong to: then the text is meant. */
function takeFiles(data: DataTransfer | null, event: Event, onfiles: (files: File[]) => void): boolean {
	const files = [...(data?.files ?? [])];
	if (files.length === 0 || data!.getData('text/plain').trim() !== '') return false;
	event.preventDefault();
	onfiles(files);
	return true;
}

/** Signs that a pasted text is meant as Markdown. */
const looksLikeMarkdown = /^(#{1,6} |[-*+] |\d+[.)] |> |```|~~~|\|.*\|)|\*\*\S|\]\(|`[^`]+`/m;

function parsePasted(editor: Editor, text: string, context: ResolvedPos, plain: boolean): Slice {
	const source = text.replace(/\r\n?/g, '\n');
	const inCode = context.parent.type.spec.code === true;
	if (!plain && !inCode && looksLikeMarkdown.test(source) && canHold(source)) {
		const { content } = editor.schema.nodeFromJSON(parseMarkdown(source));
		return Slice.maxOpen(content);
	}
	// As ProseMirror does it: a paragraph a line.
	const dom = document.createElement('div');
	for (const line of source.split(/\n+/)) dom.append(Object.assign(document.createElement('p'), { textContent: line }));
	return DOMParser.fromSchema(editor.schema).parseSlice(dom, { preserveWhitespace: true, context });
}

/** Shows an uploaded file where the caret is. */
export function insertFile(editor: Editor, { mime, url, name, markdown }: UploadedFile): void {
	const alt = /^!\[(.*?)\]/.exec(markdown)?.[1] ?? name;
	const image = { type: 'image', attrs: { src: url, alt } };
	const link = { type: 'text', text: name, marks: [{ type: 'link', attrs: { href: url } }] };
	const space = { type: 'text', text: ' ' };
	editor
		.chain()
		.focus()
		.insertContent(mime.startsWith('image/') ? [image] : [link, space])
		.run();
}

/** A letter of the private area that stands for the caret while a text changes its view. */
const CARET = '\ue000';

/** Puts the caret where it was in the Markdown; at the end when that place cannot be told. */
export function placeCaret(editor: Editor, value: string, offset: number): void {
	if (offset >= value.length) {
		editor.commands.focus('end');
		return;
	}
	const marked = editor.schema.nodeFromJSON(parseMarkdown(value.slice(0, offset) + CARET + value.slice(offset)));
	let found: number | undefined;
	marked.descendants((node, position) => {
		const at = node.text?.indexOf(CARET) ?? -1;
		if (at >= 0) found ??= position + at;
	});
	if (found === undefined) editor.commands.focus('end');
	else {
		// The letter may have turned a list into words: near is good enough then.
		const { doc, tr } = editor.state;
		const near = TextSelection.near(doc.resolve(Math.min(found, doc.content.size)));
		editor.view.dispatch(tr.setSelection(near));
		editor.view.focus();
	}
}
