/**
 * The floors of the house (docs/architecture.md): a room imports only from floors below.
 * Rules for dependency-cruiser; check.js runs them and proves that each one bites.
 */
// The example organisation acts through every capability, so it stands beside the composition.
const capability = '^src/(?!core/|platform/|app/|demo/|routes/|ui/|testing/|hooks|app\\.|service-worker)([^/]+)/';
const test = '(\\.test\\.ts$|^src/testing/|^tests/)';

/**
 * @param {string} name @param {string} comment
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['from']} from @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} to
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: /** @type {const} */ ('error'), from, to });

export default {
	forbidden: [
		forbid('no-circle', 'Two files that need each other are one thing.', { pathNot: test }, { circular: true }),
		forbid(
			'platform-knows-nothing-above',
			'The platform knows nothing of learning.',
			{ path: '^src/platform/', pathNot: test },
			{ path: '^src/', pathNot: '^src/platform/' }
		),
		forbid(
			'core-knows-no-capability',
			'Core rooms import core and platform only.',
			{ path: '^src/core/', pathNot: test },
			{ path: '^src/', pathNot: '^src/(core|platform|ui)/' }
		),
		forbid(
			'capabilities-meet-in-core',
			'Capabilities never import each other, nor what composes them.',
			{ path: capability, pathNot: test },
			{ path: '^src/', pathNot: ['^src/(core|platform|ui)/', '^src/$1/'] }
		),
		forbid(
			'ui-knows-no-capability',
			'The design system stands below all pages and knows none of them; of the platform it may use what also runs in browsers.',
			{ path: '^src/ui/', pathNot: test },
			{ path: '^src/', pathNot: '^src/(ui/|platform/[^/]+[.]ts$)' }
		),
		forbid(
			'app-knows-no-route',
			'The composition stands below the pages.',
			{ path: '^src/(app|demo)/', pathNot: test },
			{ path: '^src/routes/' }
		),
		forbid(
			'tests-stay-outside',
			'What people run never imports test builders.',
			{ path: '^src/', pathNot: test },
			{ path: test }
		)
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: ['^node_modules', '^build', '^\\.svelte-kit', '\\$types', '^\\$(app|env)'] },
		tsPreCompilationDeps: true,
		detectJSDocImports: false,
		enhancedResolveOptions: {
			extensions: ['.ts', '.js', '.svelte'],
			conditionNames: ['svelte', 'node', 'import', 'default']
		}
	}
};
