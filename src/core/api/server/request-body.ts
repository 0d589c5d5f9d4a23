import { invalid, type Failure } from '#src/platform/server/errors.ts';

const MOST_BYTES = 1_000_000;
const TOO_LARGE = 'The body may have 1 MB at most.';

/**
 * Reads a JSON body; an absent one is an empty object.
 * @throws Failure invalid for what is too large, not JSON, or not UTF-8
 */
export async function readBody(request: Request): Promise<{ value: unknown; text: string }> {
	const bytes = await readBytes(request, MOST_BYTES, () => invalid({ _: TOO_LARGE }));
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

/** The bytes of a body, not read further than allowed. @param tooLarge makes the failure for more */
export async function readBytes(request: Request, most: number, tooLarge: () => Failure): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	if (Number(request.headers.get('content-length')) > most) throw tooLarge();
	for await (const chunk of request.body ?? []) {
		size += chunk.byteLength;
		if (size > most) throw tooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw invalid({ _: 'The body is not valid UTF-8.' });
	}
}
