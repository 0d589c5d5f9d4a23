import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Caller } from './respond.ts';
import { noteUse, viewerOfToken } from './tokens.ts';

/**
 * Who calls the API: the person of the bearer token, else the one signed in.
 * A token that does not work makes nobody of the caller, whoever is signed in.
 */
export async function callerOf(db: Db, request: Request, signedIn: Viewer | undefined): Promise<Caller | undefined> {
	const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
	if (!token) return signedIn && { viewer: signedIn, scopes: ['read', 'write', 'admin'] };
	const caller = await viewerOfToken(db, token);
	if (caller) await noteUse(db, token);
	return caller;
}
