import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
	// Many small modules: as one piece they load in a tenth of the time and memory. `npm run dev` takes them as they are.
	ssr:
		command === 'build' ? { noExternal: ['drizzle-orm', 'zod', 'markdown-it', 'sanitize-html', 'highlight.js'] } : {},
	plugins: [
		sveltekit({
			compilerOptions: {
				runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
			},
			adapter: adapter(),
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
