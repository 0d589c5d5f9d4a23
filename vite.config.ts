import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type BuildOptions } from 'vite';
import { lighter } from './scripts/lighter.ts';

const framework =
	/node_modules\/(svelte\/(?!src\/reactivity\/(index|map))|(devalue|esm-env|clsx)\/)|kit\/src\/(?!runtime\/client\/(client-)?entry\.js)|vite\/preload-helper/;
const smallParts =
	/\/src\/(ui\/(Alert|Avatar|Button|EmptyState|Field|Form|Icon|KeyHint|Mark|Menu|Tag|TextArea|TextInput|Time|clock|form|messages|times)\.|core\/(search\/Marked|items\/kinds)|routes\/WentWrong)/;

/** Scripts that every page loads; SvelteKit looks for its entries by themselves. */
const shared = [
	// As one piece they compress better, and need not name each other's parts.
	{ name: 'ground', test: new RegExp(`${framework.source}|${smallParts.source}`), priority: 2 },
	{
		name: 'post',
		test: /\/src\/(core\/items\/(Comments|Helped|ItemHead|Outcome|Post|PostMenu|Relatives)|ask\/MayKnow)\./,
		priority: 1
	},
	{ name: 'writing', test: /\/src\/ui\/editor\/(Draft|draft-fields|Editor)\./, priority: 1 }
];

/** Smaller than what Vite has by itself; a warning that only says where to read about it helps nobody. */
const terserOptions: BuildOptions['terserOptions'] = {
	ecma: 2020,
	module: true,
	compress: { passes: 3, pure_funcs: ['console.warn'] }
};

/** Which plug-in took how long on a busy machine is no warning to whoever only wants to start. */
const checks = { bundlerTimings: false };

/** Packages of many small modules, which the server takes into its own. */
const bundled = ['drizzle-orm', 'zod', 'markdown-it', 'sanitize-html', 'highlight.js', 'feedsmith', 'yaml'];

/** What runs as a process of its own. */
const programs = { serve: 'src/app/serve.ts', 'postman-child': 'src/platform/server/postman-child.ts' };

export default defineConfig(({ command }) => ({
	// Many small modules: as one piece they load in a tenth of the time and memory. `npm run dev` takes them as they are.
	ssr: command === 'build' ? { noExternal: bundled } : {},
	// What every page needs comes as three scripts: fifty small ones wait for each other and compress worse.
	environments: {
		// The programs that serve the pages and send mail come with them: one copy of what they need, and no types to take
		// off at start.
		ssr: { build: { rolldownOptions: { checks, input: programs } } },
		client: {
			build: {
				...{ minify: 'terser', terserOptions },
				rolldownOptions: { checks, output: { codeSplitting: { groups: shared } } }
			}
		}
	},
	plugins: [
		lighter,
		sveltekit({
			compilerOptions: {
				runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
			},
			adapter: adapter(),
			// The ways to all pages would be a twelfth of the scripts of each, and more with every room: the server knows them.
			// What it answers names files by their whole path, as the browser may stand anywhere.
			router: { resolution: 'server' },
			paths: { relative: false },
			// Pages of job aids register it, for themselves.
			serviceWorker: { register: false },
			// Small sheets come with the page: each file would wait for its turn before anything is painted.
			inlineStyleThreshold: 2500,
			// Nonces on every inline script; nothing is loaded from anywhere else.
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'style-src-attr': ['unsafe-inline'],
					'img-src': ['self', 'data:', 'blob:'],
					'media-src': ['self', 'blob:'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			}
		})
	]
}));
