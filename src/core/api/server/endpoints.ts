import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { createToken, myTokens, newToken, revokeToken } from './tokens.ts';

const time = z.iso.datetime();
const scopes = z.array(z.enum(['read', 'write', 'admin', 'reader']));

const token = z.object({
	id,
	name: z.string(),
	scopes,
	createdAt: time,
	expiresAt: time.nullable(),
	lastUsedAt: time.nullable()
});

export const apiEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/me',
		tag: 'Me',
		scope: 'read',
		summary: 'Who I am and what I may do',
		response: z.object({
			id,
			name: z.string(),
			orgRoles: z.array(z.string()),
			memberships: z.array(z.object({ spaceId: id, role: z.enum(['member', 'steward']) })),
			timeZone: z.string(),
			language: z.string()
		}),
		run: async ({ viewer: { id, name, orgRoles, memberships, timeZone, language } }) => ({
			...{ id, name, timeZone, language },
			orgRoles: [...orgRoles],
			memberships: [...memberships].map(([spaceId, role]) => ({ spaceId, role }))
		})
	}),
	endpoint({
		method: 'GET',
		path: '/me/tokens',
		tag: 'Me',
		scope: 'read',
		summary: 'My personal tokens',
		response: z.object({ items: z.array(token) }),
		run: async ({ db, viewer }) => ({ items: (await myTokens(db, viewer)).map(withTexts) })
	}),
	endpoint({
		method: 'POST',
		path: '/me/tokens',
		tag: 'Me',
		scope: 'admin',
		status: 201,
		summary: 'Make a personal token',
		secret: true,
		description: 'The answer is the only time the token is shown.',
		body: newToken,
		response: z.object({ id, token: z.string() }),
		example: { body: { name: 'Till monitor', scopes: ['read'], days: 30 } },
		run: ({ db, viewer, body }) => createToken(db, viewer, body)
	}),
	endpoint({
		method: 'DELETE',
		path: '/me/tokens/{id}',
		tag: 'Me',
		scope: 'admin',
		summary: 'End a personal token',
		params: z.object({ id }),
		run: ({ db, viewer, params }) => revokeToken(db, viewer, params.id)
	})
];

type Times<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };

/** Times as ISO 8601 texts, as the API sends them. */
function withTexts<T extends Record<string, unknown>>(row: T): Times<T> {
	return Object.fromEntries(
		Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value])
	) as Times<T>;
}
