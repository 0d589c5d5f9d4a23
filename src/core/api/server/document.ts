import { describeApi } from './openapi.ts';
import type { Endpoint, Method, Scope } from './endpoint.ts';
import type { JsonSchema } from './example.ts';

export interface DocumentedField {
	name: string;
	type: string;
	required: boolean;
	about: string;
}

export interface DocumentedEndpoint {
	anchor: string;
	method: Method;
	path: string;
	summary: string;
	description?: string;
	scope: Scope;
	fields: DocumentedField[];
	/** A call that a reader can paste into a terminal. */
	curl: string;
	response?: string;
}

export interface ApiDocument {
	groups: { name: string; endpoints: DocumentedEndpoint[] }[];
}

type Schema = JsonSchema & { maxLength?: number };

type Content = Record<string, { schema: Schema; example?: unknown }>;

interface Operation {
	parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
	requestBody?: { content: Content };
	responses: Record<string, { content?: Content }>;
}

/** The API as its page shows it, made from the OpenAPI description so that both say the same. */
export function documentApi(endpoints: readonly Endpoint[], origin: string): ApiDocument {
	const { paths } = describeApi(endpoints, origin) as { paths: Record<string, Record<string, Operation>> };
	const groups = new Map<string, DocumentedEndpoint[]>();
	for (const endpoint of endpoints) {
		const operation = paths[endpoint.path]![endpoint.method.toLowerCase()]!;
		groups.set(endpoint.tag, [...(groups.get(endpoint.tag) ?? []), document(endpoint, operation, origin)]);
	}
	return { groups: [...groups].map(([name, list]) => ({ name, endpoints: list })) };
}

function document(endpoint: Endpoint, operation: Operation, origin: string): DocumentedEndpoint {
	const { method, path, summary, description, scope } = endpoint;
	const sent = operation.requestBody?.content['application/json'];
	const body = sent?.schema;
	const answer = operation.responses[endpoint.status ?? 200]?.content?.['application/json'];
	return {
		anchor: `${method}${path}`
			.toLowerCase()
			.replace(/[^a-z]+/g, '-')
			.replace(/-$/, ''),
		...{ method, path, summary, description, scope },
		fields: [
			...operation.parameters
				.filter((parameter) => parameter.in !== 'header')
				.map(({ name, required, schema }) => field(name, required ?? false, schema)),
			...Object.entries(body?.properties ?? {}).map(([name, schema]) =>
				field(name, body?.required?.includes(name) ?? false, schema)
			)
		],
		curl: curl(endpoint, origin, sent?.example),
		response: answer && JSON.stringify(answer.example, null, 2)
	};
}

function field(name: string, required: boolean, schema: Schema): DocumentedField {
	const about = [
		schema.maxLength && `${schema.maxLength.toLocaleString('en')} characters at most`,
		schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER && `${schema.maximum} at most`,
		schema.default !== undefined && `${JSON.stringify(schema.default)} unless given`
	];
	return { name, required, type: typeName(schema), about: about.filter(Boolean).join(', ') };
}

function typeName(schema: Schema): string {
	if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.anyOf) return schema.anyOf.map(typeName).join(' | ');
	if (schema.type === 'array') return `list of ${typeName(schema.items ?? {})}`;
	return schema.format ?? String(schema.type ?? 'any');
}

function curl({ method, path, takes, sends }: Endpoint, origin: string, body: unknown): string {
	const lines = [
		`curl ${method === 'GET' ? '' : `-X ${method} `}${origin}/api/v1${path.replace(/\{(\w+)\}/g, '$$$1')}`,
		`-H "Authorization: Bearer $TOKEN"`
	];
	if (takes) lines.push('-F file=@till.png');
	if (sends) lines.push('-O -J');
	if (body) {
		lines.push('-H "Content-Type: application/json"', '-H "Idempotency-Key: $(uuidgen)"');
		lines.push(`-d '${JSON.stringify(body)}'`);
	}
	return lines.join(' \\\n  ');
}
