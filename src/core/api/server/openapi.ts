import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { exampleOf, type JsonSchema } from './example.ts';

type Schema = Record<string, unknown>;

/**
 * The OpenAPI 3.1 description of the endpoints.
 * @param origin the address the API is served at
 */
export function describeApi(endpoints: readonly Endpoint[], origin: string): Schema {
	const paths: Record<string, Schema> = {};
	for (const endpoint of endpoints) {
		(paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint);
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Trellis', version: '1', description: 'Everything the pages can do. See /developers.' },
		servers: [{ url: `${origin}/api/v1` }],
		security: [{ token: [] }],
		tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
		paths,
		components: {
			securitySchemes: {
				token: { type: 'http', scheme: 'bearer', description: 'A personal token from your settings.' }
			},
			responses: {
				Problem: { description: 'What went wrong', content: { 'application/problem+json': { schema: problem } } }
			}
		}
	};
}

const problem: Schema = {
	type: 'object',
	required: ['type', 'title', 'status', 'detail'],
	properties: {
		type: { type: 'string' },
		title: { type: 'string' },
		status: { type: 'integer' },
		detail: { type: 'string' },
		requestId: { type: 'string' },
		errors: { type: 'object', additionalProperties: { type: 'string' }, description: 'One message a field' }
	}
};

function operation(endpoint: Endpoint): Schema {
	const { summary, description, tag, scope, method, path, takes } = endpoint;
	const writes = method !== 'GET' && !takes;
	return {
		operationId: operationId(method, path),
		summary,
		description: [description, `Scope: \`${scope}\`.`].filter(Boolean).join('\n\n'),
		tags: [tag],
		parameters: [
			...parameters('path', endpoint.params),
			...parameters('query', endpoint.query),
			...(writes ? [idempotencyKey] : [])
		],
		...requestBody(endpoint),
		responses: { ...answer(endpoint), default: { $ref: '#/components/responses/Problem' } }
	};
}

function requestBody({ takes, body, example }: Endpoint): Schema {
	const content = takes ? aFile : body && { 'application/json': described(body, 'input', example?.body) };
	return content ? { requestBody: { required: true, content } } : {};
}

const aFile: Schema = {
	'multipart/form-data': {
		schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', contentMediaType: '*/*' } } }
	},
	'application/octet-stream': { schema: { type: 'string', contentMediaType: '*/*' } }
};

function answer({ response, sends, status = 200, example }: Endpoint): Schema {
	if (sends) return { 200: { description: 'The file', content: { [sends]: {} } } };
	if (!response) return { 204: { description: 'Done' } };
	const content = { 'application/json': described(response, 'output', example?.response) };
	return { [status]: { description: 'Done', content } };
}

const idempotencyKey: Schema = {
	name: 'Idempotency-Key',
	in: 'header',
	schema: { type: 'string', maxLength: 200 },
	description: 'Send the same key again to repeat a write safely: it is done once.'
};

const operationId = (method: string, path: string) =>
	method.toLowerCase() + path.replace(/[{}]/g, '').replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): Schema[] {
	if (!schema) return [];
	const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
		properties?: Record<string, Schema>;
		required?: string[];
	};
	return Object.entries(properties).map(([name, property]) => ({
		name,
		in: place,
		required: place === 'path' || required.includes(name),
		schema: property,
		...((place === 'path' || required.includes(name)) && { example: exampleOf(property as JsonSchema, name) })
	}));
}

/** A schema with an example: the one that was written for it, else one made from it. */
function described(schema: z.ZodType, io: 'input' | 'output', example: unknown): Schema {
	const json = jsonSchema(schema, io);
	return { schema: json, example: example ?? exampleOf(json as JsonSchema) };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
	const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
	return rest;
}
