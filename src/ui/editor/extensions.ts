import { Extension, type AnyExtension } from '@tiptap/core';
import Image from '@tiptap/extension-image';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import Mention from '@tiptap/extension-mention';
import { PluginKey } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import Suggestion from '@tiptap/suggestion';
import type { Suggestions } from './suggestions.svelte.ts';
import { tables } from './tables.ts';

/** Whether a list is written without empty lines between its items. */
const Tightness = Extension.create({
	name: 'tightness',
	addGlobalAttributes: () => [
		{ types: ['bulletList', 'orderedList'], attributes: { tight: { default: true, rendered: false } } }
	]
});

/** Only files of the house: a page loads nothing from elsewhere. */
const HouseImage = Image.extend({
	parseHTML: () => [{ tag: 'img[src^="/files/"]' }]
}).configure({ inline: true });

const hashtags = (suggestions: Suggestions) =>
	Extension.create({
		name: 'hashtags',
		addProseMirrorPlugins() {
			return [
				Suggestion<{ id: string; label: string }>({
					editor: this.editor,
					pluginKey: new PluginKey('hashtags'),
					char: '#',
					items: ({ query }) => suggestions.tags(query),
					command: ({ editor, range, props }) => {
						editor.chain().focus().insertContentAt(range, `#${props.id} `).run();
					},
					render: () => suggestions.popup('Tags')
				})
			];
		}
	});

const mentions = (suggestions: Suggestions) =>
	Mention.configure({
		deleteTriggerWithBackspace: true,
		suggestion: {
			items: ({ query }) => suggestions.people(query),
			render: () => suggestions.popup('People')
		}
	});

/** What the rich editor knows: as much as Markdown has a sign for, and no more. */
export function extensions(suggestions: Suggestions): AnyExtension[] {
	return [
		StarterKit.configure({
			underline: false,
			trailingNode: false,
			link: {
				openOnClick: false,
				autolink: true,
				defaultProtocol: 'https',
				protocols: ['mailto'],
				HTMLAttributes: { target: null, rel: null }
			}
		}),
		Tightness,
		HouseImage,
		TaskList,
		TaskItem.configure({ nested: true }),
		...tables,
		mentions(suggestions),
		hashtags(suggestions)
	];
}
