import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

// What prettier and the type checker see is left to them: these rules are about mistakes.
export default typescript.config(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'test-results/', 'node_modules/'] },
	js.configs.recommended,
	...typescript.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.node, ...globals.browser },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-var': 'error',
			'prefer-const': 'error',
			'no-constant-condition': ['error', { checkLoops: false }],
			'no-undef': 'off', // types know it better
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
			'@typescript-eslint/consistent-type-imports': 'error'
		}
	},
	{
		// Promises that nobody waits for lose their failures; these rules read types, so they look at TypeScript only.
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: typescript.parser } },
		rules: {
			// Addresses are plain: nothing is served below another path.
			'svelte/no-navigation-without-resolve': 'off',
			// The compiler's own warnings, which vite shows; eslint does not know all of them.
			'svelte/no-unused-svelte-ignore': 'off',
			// What only the browser knows is set after the page is there, and has no source to derive from.
			'svelte/prefer-writable-derived': 'off',
			// An ordinary URLSearchParams or Map is fine where nothing on the page follows it.
			'svelte/prefer-svelte-reactivity': 'off',
			// `let { x } = $props()` is the idiom.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { destructuring: 'all' }]
		}
	}
);
