import type { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What a personal token may do; `reader` opens no operation, only feeds to readers. A signed-in browser may do all its person may. */
export type Scope = 'read' | 'write' | 'admin' | 'reader';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an endpoint works on: parts of the address, query and body are checked already. */
export interface Call<P, Q, B> {
	db: Db;
	viewer: Viewer;
	params: P;
	query: Q;
	body: B;
	/** Where the pages stand: `https://trellis.example.org`. */
	origin: string;
	/** As it came, for an endpoint that takes a file. */
	request: Request;
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/**
 * One operation of the JSON API. Its declaration is all there is: routing, checks,
 * idempotency, the OpenAPI description and the access matrix are made from it.
 */
export interface Endpoint {
	method: Method;
	/** Below /api/v1, with parameters in braces: `/questions/{id}/answers`. */
	path: string;
	summary: string;
	description?: string;
	/** The heading it stands under in the documentation. */
	tag: string;
	scope: Scope;
	params?: z.ZodObject;
	query?: z.ZodObject;
	body?: z.ZodType;
	/** Absent where nothing is sent back (204). */
	response?: z.ZodType;
	/** 201 where something was created. */
	status?: 200 | 201;
	/** The body is a file, as multipart form or as it is: `run` reads it from the request. */
	takes?: 'file';
	/** `run` makes the answer itself, of this media type. */
	sends?: string;
	/** The answer holds a secret: it is sent once and kept nowhere, also not for a repetition. */
	secret?: true;
	/** What is sent is nobody's business: no hash of it is kept to know a repetition by. */
	confidential?: true;
	/** A body and an answer that a reader can try. */
	example?: { body?: unknown; response?: unknown };
	run(call: Call<never, never, never>): Promise<unknown>;
}

type Typed<P, Q, B, R> = Omit<Endpoint, 'params' | 'query' | 'body' | 'response' | 'run'> & {
	params?: P;
	query?: Q;
	body?: B;
	response?: R;
	run(call: Call<Output<P>, Output<Q>, Output<B>>): Promise<R extends z.ZodType ? z.input<R> : void | Response>;
};

/**
 * Declares an endpoint with the types of its parts.
 * @example
 * endpoint({
 *   method: 'GET', path: '/spaces/{id}', tag: 'Spaces', scope: 'read', summary: 'One space',
 *   params: z.object({ id }), response: space,
 *   run: ({ db, viewer, params }) => spaceById(db, viewer, params.id)
 * })
 */
export function endpoint<
	P extends z.ZodObject | undefined = undefined,
	Q extends z.ZodObject | undefined = undefined,
	B extends z.ZodType | undefined = undefined,
	R extends z.ZodType | undefined = undefined
>(declaration: Typed<P, Q, B, R>): Endpoint {
	return declaration as unknown as Endpoint;
}
