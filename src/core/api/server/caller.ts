import { ViewerCache } from '#src/core/access/server/remembered.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import type { Scope } from './endpoint.ts';
import type { Caller } from './respond.ts';
import { noteUse, viewerOfToken } from './tokens.ts';

/** Who a token stands for, remembered for a moment; `with` is what it may do. */
export const tokens = new ViewerCache<Scope[]>();

/**
 * Who calls the API: the person of the bearer token, else the one signed in.
 * A token that does not work makes nobody of the caller, whoever is signed in.
 */
export async function callerOf(db: Db, request: Request, signedIn: Viewer | undefined): Promise<Caller | undefined> {
	const token = bearer(request.headers.get('authorization'));
	if (!token) return signedIn && { viewer: signedIn, scopes: ['read', 'write', 'admin'] };
	return callerOfToken(db, token);
}

/** Whose token it is; nobody's where it does not work. */
export async function callerOfToken(db: Db, token: string): Promise<Caller | undefined> {
	const known = await tokens.recall(hashSecret(token), async () => {
		const caller = await viewerOfToken(db, token);
		if (caller) await noteUse(db, token);
		return caller && { viewer: caller.viewer, with: caller.scopes };
	});
	return known && { viewer: known.viewer, scopes: known.with };
}

/** The token of an Authorization header. */
export const bearer = (header: string | null | undefined) => /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
