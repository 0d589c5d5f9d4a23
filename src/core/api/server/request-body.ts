import { Failure, invalid } from '#src/platform/server/errors.ts';

const MOST_BYTES = 1_000_000;

/**
 * Reads a JSON body; an absent one is an empty object.
 * @throws Failure invalid for what is too large, not JSON, or not UTF-8
 */
export async function readBody(request: Request): Promise<{ value: unknown; text: string }> {
	const bytes = await bounded(request);
	if (bytes.byteLength === 0) return { value: {}, text: '' };
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) {
		throw invalid({ _: 'The body must be JSON, sent as application/json.' });
	}
	const text = decode(bytes);
	try {
		return { value: JSON.parse(text) as unknown, text };
	} catch (error) {
		throw invalid({ _: `The body is not valid JSON: ${(error as Error).message}.` });
	}
}

async function bounded(request: Request): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	if (Number(request.headers.get('content-length')) > MOST_BYTES) throw tooLarge();
	for await (const chunk of request.body ?? []) {
		size += chunk.byteLength;
		if (size > MOST_BYTES) throw tooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

const tooLarge = () => new Failure('invalid', `The body may have ${MOST_BYTES / 1e6} MB at most.`);

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw invalid({ _: 'The body is not valid UTF-8.' });
	}
}
