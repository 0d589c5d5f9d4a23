import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one at a time: asked for all at once below a place that
 * takes none, such as /proc, the system call is tried again for ever.
 */
export function makeFolder(path: string): void {
	if (existsSync(path)) return;
	if (dirname(path) !== path) makeFolder(dirname(path));
	try {
		mkdirSync(path);
	} catch (error) {
		// Another process was faster.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
