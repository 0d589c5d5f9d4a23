import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Walks over all there is take longest: they begin first, and the short files fill up beside them. */
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const walks = ['matrix.test.ts', 'every-page.test.ts'];
		const isWalk = ({ moduleId }: TestSpecification) => walks.some((name) => moduleId.endsWith(`/${name}`));
		const sorted = await super.sort(files);
		return [...sorted.filter(isWalk), ...sorted.filter((file) => !isWalk(file))];
	}
}

/**
 * Both projects run on a PostgreSQL of the run's own, which src/testing/setup.ts starts. Every file has a
 * database, and in the browser an application, of its own: files run side by side, one a processor.
 */
const shared = { globalSetup: ['src/testing/setup.ts'], env: { LOG_LEVEL: 'silent' }, maxWorkers: '100%' };

export default defineConfig({
	test: {
		sequence: { sequencer: LongestFirst },
		projects: [
			{
				test: {
					...shared,
					name: 'unit',
					include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
					testTimeout: 20_000,
					hookTimeout: 60_000
				}
			},
			{
				// Drives the built application in a real browser: build first, TRELLIS_BROWSER names the browser.
				test: {
					...shared,
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					// Two files share the machine: what is waited for may take its time.
					expect: { poll: { timeout: 15_000 } }
				}
			}
		]
	}
});
