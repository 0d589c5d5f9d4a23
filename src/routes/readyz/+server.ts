import { app } from '#src/app/server/runtime.ts';
import { isMigrated } from '#src/platform/server/migrate.ts';

/** Requests may come: the database answers and has all that this version needs. */
export async function GET(): Promise<Response> {
	const ready = await isMigrated(app()).catch(() => false);
	return new Response(ready ? 'ok\n' : 'The database does not answer, or is not up to date.\n', {
		status: ready ? 200 : 503
	});
}
