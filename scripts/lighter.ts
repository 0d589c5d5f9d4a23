import type { Plugin } from 'vite';

/** Modules of the framework that no page uses, though nothing can know it: what stands in the browser in their place. */
const instead: [RegExp, string][] = [
	[
		// Reading values is all that browsers do: none keeps page state or snapshots, so every state they write is empty.
		/\/node_modules\/devalue\/index\.js$/,
		`export { parse, unflatten } from './src/parse.js';
		export const stringify = (state) => {
			if (Object.keys(state).length > 0) throw new Error('Page state is not written: see scripts/lighter.ts');
			return '[{}]';
		};
		export const uneval = undefined, stringifyAsync = undefined;`
	],
	// Custom elements, and classes of components as Svelte 4 had them.
	[
		/\/svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/,
		'export const create_custom_element = undefined;'
	]
];

/** Leaves out of the scripts of pages what none of them needs. */
export const lighter: Plugin = {
	name: 'lighter',
	enforce: 'pre',
	apply: 'build',
	applyToEnvironment: ({ name }) => name === 'client',
	load: {
		filter: { id: instead.map(([module]) => module) },
		handler: (id) => instead.find(([module]) => module.test(id))?.[1]
	}
};
