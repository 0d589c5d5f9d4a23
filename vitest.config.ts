import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		globalSetup: ['src/testing/setup.ts'],
		testTimeout: 20_000,
		hookTimeout: 60_000,
		env: { LOG_LEVEL: 'silent' }
	}
});
