import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { describeApi } from '#src/core/api/server/openapi.ts';
import { endpoints } from './api.ts';

interface Described {
	example?: unknown;
	schema?: { properties?: Record<string, unknown> };
}
interface Operation {
	operationId: string;
	parameters: { name: string }[];
	requestBody?: { content: Record<string, Described> };
	responses: Record<string, { content?: Record<string, Described> }>;
}

/** As it is sent. */
const described = JSON.parse(JSON.stringify(describeApi(endpoints, 'https://trellis.example.org'))) as {
	paths: Record<string, Record<string, Operation>>;
};
const operationOf = (method: string, path: string) => described.paths[path]![method.toLowerCase()]!;
const named = endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);

test('the description is valid OpenAPI 3.1', async () => {
	const validator = new Validator();
	const result = await validator.validate(structuredClone(described));
	expect(result).toMatchObject({ valid: true });
	expect(validator.version).toBe('3.1');
});

test('no two operations have the same heading', () => {
	const headings = endpoints.map(({ summary }) => summary);
	expect(headings.filter((heading, at) => headings.indexOf(heading) !== at)).toEqual([]);
});

test('no operation takes a field of one name both in its address and in its body', () => {
	const twice = named.flatMap(([name, { method, path }]) => {
		const { parameters, requestBody } = operationOf(method, path);
		const fields = Object.keys(requestBody?.content['application/json']?.schema?.properties ?? {});
		return parameters
			.filter((parameter) => fields.includes(parameter.name))
			.map((parameter) => `${name}: ${parameter.name}`);
	});
	expect(twice).toEqual([]);
});

test('the validator finds what is wrong', async () => {
	const broken = structuredClone(described);
	broken.paths['/questions']!.get!.responses = 'none' as never;
	expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every operation has a name of its own', () => {
	const names = named.map(([, { method, path }]) => operationOf(method, path).operationId);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(named)('%s shows what to send and what comes back, as it is really taken and sent', (_, endpoint) => {
	const { requestBody, responses } = operationOf(endpoint.method, endpoint.path);
	if (endpoint.body) {
		const { example } = requestBody!.content['application/json']!;
		expect(endpoint.body.safeParse(example).error?.issues ?? []).toEqual([]);
	}
	if (endpoint.response) {
		const { example } = responses[endpoint.status ?? 200]!.content!['application/json']!;
		expect(endpoint.response.safeParse(example).error?.issues ?? []).toEqual([]);
	}
});
