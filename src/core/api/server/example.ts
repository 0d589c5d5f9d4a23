/** The parts of JSON Schema that our descriptions use. */
export interface JsonSchema {
	type?: string | string[];
	format?: string;
	pattern?: string;
	enum?: unknown[];
	const?: unknown;
	default?: unknown;
	items?: JsonSchema;
	anyOf?: JsonSchema[];
	oneOf?: JsonSchema[];
	properties?: Record<string, JsonSchema>;
	additionalProperties?: JsonSchema | boolean;
	required?: string[];
	minimum?: number;
	maximum?: number;
	minItems?: number;
}

/** What stands in a field of this name, so that an example reads like something that happened. */
const byName: Record<string, unknown> = {
	name: 'Ada Okafor',
	headline: 'Till support',
	title: 'How do I reset the till?',
	label: 'Questions',
	plural: 'Questions',
	kind: 'question',
	pageKind: 'question',
	icon: 'question',
	q: 'reset till',
	query: 'reset till',
	asked: 'tilll',
	taken: 'till',
	excerpt: 'It hangs after the second receipt.',
	bodyMd: 'Hold the **green key** for five seconds.',
	bodyHtml: '<p>Hold the <strong>green key</strong> for five seconds.</p>',
	note: 'No need to call the hotline.',
	notes: 'Shorter',
	message: 'I mend engines',
	purpose: 'Everything that turns.',
	sentence: 'answered your question',
	why: 'title matches · helped 3',
	reason: 'answered 4 questions on till',
	hint: '12 times',
	text: 'reset the till',
	tag: 'till',
	tags: 'till',
	askMeAbout: 'till',
	space: 'Shop floor',
	spaceName: 'Shop floor',
	slug: 'shop-floor',
	href: '/questions/0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77',
	address: '/questions/0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77',
	url: '/files/0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77/till.png',
	markdown: '![till](/files/0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77/till.png)',
	image: null,
	mime: 'image/png',
	by: 'Ada Okafor',
	email: 'ada@harbour.example',
	userAgent: 'Firefox on Linux',
	token: 'trellis_Qk3vX0m2Yb7',
	key: 'question',
	timeZone: 'Europe/Berlin',
	language: 'en',
	openDomains: 'harbour.example',
	cursor: 'WyIyMDI2LTExLTAyIl0',
	target: 'till',
	workStart: 540,
	workEnd: 1020,
	next: null,
	duplicateOf: null,
	givenTo: null,
	parentId: null
};

const ID = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const byFormat: Record<string, string> = {
	uuid: ID,
	'date-time': '2026-11-02T09:30:00.000Z',
	date: '2026-11-02',
	uri: 'https://trellis.example.org/join/kq3vX0m2Yb7',
	email: 'ada@harbour.example'
};

/** Makes an example of a schema: what a reader of the documentation can expect. @param name of the field */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return ofChoices(choices, name);
	if (schema.format && byFormat[schema.format]) return byFormat[schema.format];
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	if (type === 'object' || schema.properties) return ofObject(schema);
	if (type === 'array') return [exampleOf(schema.items ?? {}, name)];
	if (name in byName && fits(byName[name], type)) return byName[name];
	if (type === 'boolean') return false;
	if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
	if (type === 'null') return null;
	return 'till';
}

const fits = (value: unknown, type: string | undefined): boolean =>
	type === undefined || typeof value === (type === 'integer' ? 'number' : type);

/** Nothing where the field says so, else the first that is something. */
function ofChoices(choices: JsonSchema[], name: string): unknown {
	const mayBeNull = choices.some(({ type }) => type === 'null');
	if (mayBeNull && byName[name] === null) return null;
	return exampleOf(choices.find(({ type }) => type !== 'null') ?? {}, name);
}

function ofObject({ properties, additionalProperties }: JsonSchema): unknown {
	if (!properties) {
		const value = typeof additionalProperties === 'object' ? additionalProperties : {};
		return { title: exampleOf(value, 'title') };
	}
	return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema, name)]));
}
