/**
 * Mends a package as it is loaded, where a mistake of it would end the whole process; nothing on the disk is changed.
 * Loaded before the application by `--import` (see `flags` in prepare.js).
 */
import { registerHooks } from 'node:module';

/** Which module, what stands there, and what is put before it. A version that is mended itself has another text. */
const mends = [
	{
		// What a connection has to send goes out in the next turn; when it is lost meanwhile, nothing is there to send by:
		// whoever waits for it is told so, instead of an error that nobody can catch, and the connection is made anew.
		module: /\/node_modules\/postgres\/src\/connection\.js$/,
		before: 'const x = socket.write(chunk, fn)',
		put: `if (socket === null) {
			chunk = nextWriteTimer = null
			const lost = Errors.connection('CONNECTION_CLOSED', options)
			query && queryError(query, lost)
			query = errorResponse = null
			while (sent.length)
				queryError(sent.shift(), lost)
			initial || onclose(connection, lost)
			return false
		}
		`
	}
];

registerHooks({
	load(url, context, next) {
		const loaded = next(url, context);
		const mend = mends.find(({ module }) => module.test(url));
		if (!mend || !loaded.source) return loaded;
		return { ...loaded, source: String(loaded.source).replace(mend.before, () => mend.put + mend.before) };
	}
});
